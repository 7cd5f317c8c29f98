// Rules for control flow and calls.

import { constant, ELSE, END, ins, type NumName, opcode, open } from '../binary/code.ts'
import { uleb } from '../binary/leb.ts'
import type { NumSignature, Rules, StatementRule, ValueRule, Writer } from './writer.ts'

const TYPES: readonly NumName[] = ['i32', 'i64', 'f32', 'f64']

/** Counts the fuel down, below `least` not: then it runs `empty`. At the head of every loop and function. */
export function burn(fuel: number, least: bigint, empty: readonly number[]): number[] {
  const get = ins('global.get', fuel)
  return [
    ...get,
    ...constant('i32', least),
    ...opcode('i32.lt_s'),
    ...open('if', undefined),
    ...empty,
    END,
    ...get,
    ...constant('i32', 1n),
    ...opcode('i32.sub'),
    ...ins('global.set', fuel),
  ]
}

/** Loops go on without fuel for so long: they may be entered, but not left by `br` again and again. */
const LEAST = -100n

function blockOf(w: Writer, { params, results }: NumSignature): number | NumName | undefined {
  if (params.length === 0 && results.length === 0) return undefined
  return params.length === 0 && results.length === 1 ? results[0] : w.around.type({ params, results })
}

/** A block, loop or if, its parameters pushed before it. */
function structure(w: Writer, params: readonly NumName[], results: readonly NumName[]): number[] {
  const kind = w.random.pick(['block', 'block', 'loop', 'if', 'if'] as const)
  const head = [
    ...w.values(params),
    ...(kind === 'if' ? w.value('i32') : []),
    ...open(kind, blockOf(w, { params, results })),
  ]
  const body = (): number[] => [...w.consume(params), ...w.statements(3), ...w.values(results)]
  if (kind === 'block') return [...head, ...w.inside(results, body), END]
  if (kind === 'loop')
    return [
      ...head,
      ...burn(w.around.fuel, LEAST, opcode('unreachable')),
      ...w.inside(params, () => loopBody(w, params, results)),
      END,
    ]
  if (params.length + results.length === 0 && w.random.chance(50)) return [...head, ...w.inside([], body), END]
  return [...head, ...w.inside(results, body), ELSE, ...w.inside(results, body), END]
}

/** Repeats while a condition holds and there is fuel, with new parameters. */
function loopBody(w: Writer, params: readonly NumName[], results: readonly NumName[]): number[] {
  const some = [...ins('global.get', w.around.fuel), ...constant('i32', 0n), ...opcode('i32.gt_s')]
  const start = [...w.consume(params), ...w.statements(4), ...w.values(params)]
  const again = [...w.value('i32'), ...some, ...opcode('i32.and'), ...ins('br_if', 0), ...w.consume(params)]
  return [...start, ...again, ...w.values(results)]
}

const structureValue: ValueRule = (w, type) => structure(w, w.random.some(TYPES, 0, 2), [type])

/** Several results of which the first is wanted. */
const manyResults: ValueRule = (w, type) => {
  const more = w.random.some(TYPES, 1, 2)
  return [...structure(w, [], [type, ...more]), ...w.consume(more)]
}

const structureStatement: StatementRule = (w) => {
  const results = w.random.chance(20) ? w.random.some(TYPES, 1, 3) : []
  return [...structure(w, w.random.chance(20) ? w.random.some(TYPES, 1, 2) : [], results), ...w.consume(results)]
}

/** A label by its depth, counted from the inside. */
function label(w: Writer): [depth: number, types: readonly NumName[]] {
  const depth = w.random.below(w.labels.length)
  return [depth, w.labels[w.labels.length - 1 - depth]]
}

/** A `br_if` to any label, its values consumed if it falls through. */
export const branchIf = (w: Writer): number[] => {
  const [depth, types] = label(w)
  return [...w.values(types), ...w.value('i32'), ...ins('br_if', depth), ...w.consume(types)]
}

const branchIfValue: ValueRule = (w, type) => {
  const fitting = w.labels.flatMap((types, at) =>
    types.length === 1 && types[0] === type ? [w.labels.length - 1 - at] : [],
  )
  if (fitting.length === 0) return undefined
  return [...w.values([type, 'i32']), ...ins('br_if', w.random.pick(fitting))]
}

/** Leaves for good, in one arm of an `if`. */
const leave: StatementRule = (w) => {
  const condition = [...w.value('i32'), ...opcode('i32.eqz'), ...opcode('i32.eqz'), ...open('if', undefined)]
  const arm = w.inside([], () => {
    const [depth, types] = label(w)
    const way = w.random.below(20)
    if (way === 0) return opcode('unreachable')
    if (way < 6) return [...w.values(w.signature.results), ...opcode('return')]
    return way < 10 ? tailCall(w) : [...w.values(types), ...ins('br', depth)]
  })
  return [...condition, ...arm, END]
}

/** A call in place of the function's own return, where some function has the same results. */
function tailCall(w: Writer): number[] {
  const fitting = w.around.functions.flatMap((callee, index) =>
    `${callee.results}` === `${w.signature.results}` ? [{ index, callee }] : [],
  )
  if (fitting.length === 0) return opcode('unreachable')
  const { index, callee } = w.random.pick(fitting)
  if (w.random.chance(90)) return [...w.values(callee.params), ...ins('return_call', index)]
  return [...w.values(callee.params), ...tableIndex(w), ...ins('return_call_indirect', w.around.type(callee), 0)]
}

/** `br_table` out of nested blocks, each adding to the value that the branch carries. */
const ladder: ValueRule = (w, type) => {
  const rungs = w.random.between(1, 4)
  let inner = (): number[] => {
    const targets = Array.from({ length: w.random.below(6) }, () => w.random.below(rungs))
    return [
      ...w.values([type, 'i32']),
      ...opcode('br_table'),
      ...uleb(targets.length),
      ...targets,
      w.random.below(rungs),
    ]
  }
  for (let rung = 0; rung < rungs; rung++) {
    const core = inner
    const integer = type === 'i32' || type === 'i64'
    const step = (): number[] =>
      integer ? [...constant(type, BigInt(rung + 1)), ...opcode(`${type}.add`)] : w.statement()
    inner = () => [...open('block', type), ...w.inside([type], core), END, ...step()]
  }
  return inner()
}

const tableIndex = (w: Writer): number[] =>
  w.random.chance(90) ? [...w.value('i32'), ...constant('i32', 7n), ...opcode('i32.and')] : w.value('i32')

/** A call whose results are all on the stack; an indirect one mostly of an entry set before. */
function callOf(w: Writer, index: number): number[] {
  const callee = w.around.functions[index]
  if (w.random.chance(70)) return [...w.values(callee.params), ...ins('call', index)]
  const call = ins('call_indirect', w.around.type(callee), 0)
  if (w.random.chance(15)) return [...w.values(callee.params), ...tableIndex(w), ...call]
  const entry = constant('i32', BigInt(w.random.below(8)))
  const set = [...entry, ...ins('ref.func', index), ...ins('table.set', 0)]
  return w.random.chance(50)
    ? [...w.values(callee.params), ...set, ...entry, ...call]
    : [...set, ...w.values(callee.params), ...entry, ...call]
}

const callStatement: StatementRule = (w) => {
  const index = w.random.below(w.around.functions.length)
  return [...callOf(w, index), ...w.consume(w.around.functions[index].results)]
}

const callValue: ValueRule = (w, type) => {
  const fitting = w.around.functions.flatMap(({ results }, index) => (results[0] === type ? [index] : []))
  if (fitting.length === 0) return undefined
  const index = w.random.pick(fitting)
  return [...callOf(w, index), ...w.consume(w.around.functions[index].results.slice(1))]
}

export const controlRules: Pick<Rules, 'values' | 'statements'> = {
  values: [
    [8, structureValue],
    [2, manyResults],
    [4, branchIfValue],
    [3, ladder],
    [7, callValue],
  ],
  statements: [
    [14, structureStatement],
    [7, branchIf],
    [6, leave],
    [8, callStatement],
  ],
}
