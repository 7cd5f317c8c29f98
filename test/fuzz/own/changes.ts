// Functions whose state changes behind their back: globals and views of memory that a compiler would keep in variables, read
// in loops, and around them all that may change them, in operands of statements of every kind. Called functions set globals
// and grow the memory, tables call them, and so does the host, which enters the module again, reads and writes its memory,
// and has its buffer detached. What decides a branch may change all this, though both ways are the same.

import { access, ELSE, END, ins, type NumName, opcode, open } from '../../binary/code.ts'
import { uleb } from '../../binary/leb.ts'
import { hasExnref } from '../engine.ts'
import { Random } from '../random.ts'
import type { NumSignature, StatementRule, Writer } from '../writer.ts'
import {
  change,
  changing,
  changingValues,
  converted,
  globalsOf,
  grow,
  HOSTS,
  isCalm,
  number,
  operand,
  place,
  read,
  readGlobal,
  sameEitherWay,
} from './changing.ts'
import { counted, leave, manyLoops } from './control.ts'
import { callFor, NOTE_INDEX, type Style } from './shell.ts'
import { legacyTry, TAGS, throwIf, tryTable } from './throws.ts'

const RESULTS: readonly (readonly NumName[])[] = [
  ['i32'],
  ['i32'],
  ['i32'],
  ['i64'],
  ['f64'],
  [],
  ['i32', 'i64', 'i32'],
]

const setLocal: StatementRule = (w) => {
  const local = w.local()
  return local === undefined ? undefined : [...operand(w, w.locals[local]!), ...ins('local.set', local)]
}

/** To the same local, or to another one. */
const setSame: StatementRule = (w) => {
  const local = w.local()
  if (local === undefined) return undefined
  const value = sameEitherWay(w, w.locals[local]!, false)!
  return [...value, ...(w.random.chance(30) ? opcode('drop') : ins('local.set', local))]
}

const setGlobal: StatementRule = (w) => {
  if (isCalm(w)) return undefined
  const type = w.random.pick(['i32', 'i32', 'i64', 'f64'] as const)
  const index = w.random.pick(globalsOf(w, type))
  return [...(w.random.chance(50) ? change(w, type, false)! : operand(w, type)), ...ins('global.set', index)]
}

/** A global that is read before what changes it. */
const addToGlobal: StatementRule = (w) => {
  if (isCalm(w)) return undefined
  const index = w.random.pick(globalsOf(w, 'i32'))
  return [...ins('global.get', index), ...operand(w, 'i32'), ...opcode('i32.add'), ...ins('global.set', index)]
}

/** A global that is set back, unless control leaves on the way: a stack pointer. */
const frame: StatementRule = (w) => {
  if (isCalm(w)) return undefined
  const index = w.random.pick(globalsOf(w, 'i32'))
  const kept = w.reserve('i32')
  const lower = [...ins('global.get', index), ...number(16), ...opcode('i32.sub'), ...ins('local.tee', kept)]
  const raise = [...ins('local.get', kept), ...number(16), ...opcode('i32.add'), ...ins('global.set', index)]
  return [...lower, ...ins('global.set', index), ...w.statements(4), ...raise]
}

const store: StatementRule = (w) => {
  const type = w.random.pick(['i32', 'i32', 'i64'] as const)
  const names = type === 'i32' ? (['i32.store', 'i32.store8'] as const) : (['i64.store', 'i64.store32'] as const)
  return [...place(w), ...operand(w, type), ...access(w.random.pick(names))]
}

const fill: StatementRule = (w) => {
  const count = [...operand(w, 'i32'), ...number(31), ...opcode('i32.and')]
  return [...place(w), ...operand(w, 'i32'), ...count, ...ins('memory.fill', 0)]
}

/** An `if`, of which an arm may do nothing. */
const decide: StatementRule = (w) => {
  const arm = (): number[] => w.inside([], () => (w.random.chance(35) ? moot(w) : w.statements(3)))
  const then = [...changing(w), ...open('if', undefined), ...arm()]
  return w.random.chance(50) ? [...then, END] : [...then, ELSE, ...arm(), END]
}

/** A local that gets what it has. */
function moot(w: Writer): number[] {
  const local = w.local()
  return local === undefined ? [] : [...ins('local.get', local), ...ins('local.set', local)]
}

const leaveIf: StatementRule = (w) => [
  ...changing(w),
  ...open('if', undefined),
  ...w.inside([], () => (w.random.chance(60) ? leave(w) : [...w.values(w.signature.results), ...opcode('return')])),
  END,
]

/** A call in place of a return; what it is given may change what it reads. */
const leaveByCall: StatementRule = (w) => {
  if (isCalm(w)) return undefined
  const condition = changing(w)
  const { cost } = w
  const call = w.inside([], () => callFor(w, w.signature.results, 'return_call') ?? [])
  // It is made once.
  w.cost = cost + (w.cost - cost) / w.rounds
  return call.length === 0 ? undefined : [...condition, ...open('if', undefined), ...call, END]
}

const branch: StatementRule = (w) => {
  const labels = w.labels.flatMap((types, at) => (types.length === 0 ? [w.labels.length - 1 - at] : []))
  return labels.length === 0 ? undefined : [...changing(w), ...ins('br_if', w.random.pick(labels))]
}

/** A switch of few cases, which may all be one. */
const table: StatementRule = (w) => {
  const cases = w.random.between(1, 3)
  const targets = Array.from({ length: cases + 1 }, () => w.random.below(cases))
  const level = (k: number): number[] => {
    if (k === 0) return [...changing(w), ...opcode('br_table'), ...uleb(cases), ...targets.flatMap(uleb)]
    const inner = [...open('block', undefined), ...w.inside([], () => level(k - 1)), END]
    return k === cases
      ? inner
      : [...inner, ...w.statements(2), ...(w.random.chance(60) ? ins('br', cases - k - 1) : [])]
  }
  return level(cases)
}

const callAny: StatementRule = (w) => {
  if (isCalm(w)) return undefined
  const results = w.random.pick(RESULTS)
  const call = callFor(w, results)
  return call === undefined ? undefined : [...call, ...w.consume(results)]
}

const note: StatementRule = (w) => [...operand(w, 'i32'), ...ins('call', NOTE_INDEX)]

/** Where there is nothing else in memory. */
const SHOWN = 0x200

/** Sums up a global or two and what is in memory, again and again: worth a variable each. */
const readLoop: StatementRule = (w) => {
  const sum = w.local('i32')
  if (sum === undefined) return undefined
  const globals = w.random.some(['i32', 'i32', 'i64'] as const, 0, 3)
  const reads = [
    ...globals.map((type) => [...readGlobal(w, type, false)!, ...(type === 'i64' ? opcode('i32.wrap_i64') : [])]),
    ...Array.from({ length: w.random.between(1, 3) }, () => [
      ...read(w, 'i32', false)!,
      ...number(0xfc),
      ...opcode('i32.and'),
      ...access('i32.load', 4 * w.random.below(4)),
    ]),
  ]
  const turn = [...ins('local.get', sum), ...number(5), ...opcode('i32.rotl'), ...ins('local.set', sum)]
  const add = (code: readonly number[]): number[] => [
    ...ins('local.get', sum),
    ...code,
    ...opcode('i32.add'),
    ...ins('local.set', sum),
  ]
  const loop = counted(w, 5, () => [...turn, ...reads.flatMap(add), ...w.statements(2)])
  return loop === undefined ? undefined : [...loop, ...shown(w, ins('local.get', sum))]
}

/** An i32 goes to where it is seen when the call is over. */
const shown = (w: Writer, code: readonly number[]): number[] => [
  ...number(SHOWN + 4 * w.random.below(16)),
  ...code,
  ...access('i32.store'),
]

/** Everything that the locals hold and the first i32 global, in one i32. */
function sum(w: Writer): number[] {
  const longs = w.locals.flatMap((type, index) =>
    type === 'i64' ? [...ins('local.get', index), ...opcode('i32.wrap_i64'), ...opcode('i32.xor')] : [],
  )
  const words = w.locals.flatMap((type, index) =>
    type === 'i32' ? [...number(5), ...opcode('i32.rotl'), ...ins('local.get', index), ...opcode('i32.xor')] : [],
  )
  return [...ins('global.get', 0), ...longs, ...words]
}

/** The first function: it changes globals, and the memory now and then, and does nothing else. */
function changer(w: Writer): number[] {
  const changed = w.around.globals.filter(({ type }) => type !== 'f32' && w.random.chance(60))
  const set = ({ type, index }: (typeof changed)[number]): number[] => [
    ...ins('global.get', index),
    ...converted(type, ins('local.get', 0)),
    ...opcode(`${type}.add`),
    ...ins('global.set', index),
  ]
  const before = w.random.chance(50) ? [...grow(w), ...opcode('drop')] : []
  return [...before, ...changed.flatMap(set), ...ins('local.get', 0)]
}

/** Statements that what is kept has to be read again behind. */
const CHANGING = [
  setGlobal,
  setGlobal,
  setSame,
  setSame,
  setLocal,
  addToGlobal,
  store,
  fill,
  decide,
  leaveIf,
  branch,
  table,
  callAny,
  note,
]

const style = (guarded: StatementRule | undefined): Style => ({
  signature: (random): NumSignature => ({
    params: random.chance(75) ? random.some(['i32'], 1, 3) : random.some(['i32', 'i64', 'f64'], 1, 3),
    results: random.pick(RESULTS),
  }),
  locals: ['i32', 'i32', 'i64', 'i32', 'f64'],
  ...(guarded !== undefined && { tags: TAGS }),
  hosts: HOSTS,
  tabled: true,
  memories: [
    { min: 1, max: 4 },
    { min: 1, max: 3 },
    { min: 2, max: 4 },
  ],
  rules: {
    ...changingValues,
    statements: [
      [10, readLoop],
      [8, setLocal],
      [6, setSame],
      [8, setGlobal],
      [3, addToGlobal],
      [2, frame],
      [8, store],
      [1, fill],
      [6, decide],
      [3, leaveIf],
      [2, leaveByCall],
      [2, branch],
      [3, table],
      [4, callAny],
      [2, note],
      ...(guarded === undefined
        ? []
        : ([
            [5, guarded],
            [3, throwIf],
          ] as const)),
      ...manyLoops,
    ],
  },
  body: (w) => {
    if (w.around.functions.length === NOTE_INDEX + 1 + HOSTS.length) return changer(w)
    const { results } = w.signature
    const part = (): number[] => [...w.statements(2), ...w.statement(w.random.pick(CHANGING)), ...w.statement(readLoop)]
    if (w.random.chance(50))
      return [...part(), ...w.values(results), ...part(), ...w.statements(3), ...shown(w, sum(w))]
    return [...part(), ...part(), ...w.statements(3), ...shown(w, sum(w)), ...w.values(results)]
  },
  sizes: [12, 20, 30, 30, 60, 100],
  functions: [3, 7],
})

const PLAIN = style(undefined)
const NEW = style(tryTable)
const LEGACY = style(legacyTry)

/** Half of the modules have no handlers, behind which less is kept. */
export const changes = (seed: number): Style => {
  const random = new Random(seed)
  if (random.chance(50)) return PLAIN
  return hasExnref() ? random.pick([NEW, LEGACY]) : LEGACY
}
