// Functions of vectors: every vector instruction on values from memory, locals and constants, moved between lanes, numbers
// and memory.

import { type Op, ops } from '../../../src/0-wasm/ops/index.ts'
import { access, constant, ELSE, END, ins, type NumName, opcode, open } from '../../binary/code.ts'
import { EDGES } from '../../binary/edges.ts'
import type { StatementRule, ValueRule, Writer } from '../writer.ts'
import { manyLoops } from './control.ts'
import type { Style } from './shell.ts'

const TYPES: readonly NumName[] = ['i32', 'i64', 'f32', 'f64', 'i32']

const simd = ops.filter(({ feature, name }) => /^(relaxed-)?simd$/.test(feature) && name !== 'v128.const')
const giving = (result: string): readonly Op[] =>
  simd.filter(({ type, immediates }) => immediates[0] !== 'memarg' && type?.results[0] === result)
const BY_RESULT = {
  i32: giving('i32'),
  i64: giving('i64'),
  f32: giving('f32'),
  f64: giving('f64'),
  v128: giving('v128'),
}
const LOADS = simd.filter(({ immediates, type }) => immediates[0] === 'memarg' && type?.results.length === 1)
const STORES = simd.filter(({ immediates, type }) => immediates[0] === 'memarg' && type?.results.length === 0)

const literal: ValueRule = ({ random }, type) => constant(type, random.pick(EDGES[type]))

const leaf: ValueRule = (w, type, raw) => {
  const local = w.random.chance(65) ? w.local(type) : undefined
  return local === undefined ? literal(w, type, raw) : ins('local.get', local)
}

const address = (w: Writer): number[] => [...w.value('i32'), ...constant('i32', 0xffn), ...opcode('i32.and')]

const immediates = ({ random }: Writer, op: Op): number[] => {
  if (op.lanes > 0) return [random.below(op.lanes)]
  if (op.immediates[0] !== 'lanes') return []
  const isOfWords = random.chance(40)
  const words = Array.from({ length: 4 }, () => random.below(8))
  return Array.from({ length: 16 }, (_, i) => (isOfWords ? 4 * words[i >> 2]! + (i & 3) : random.below(32)))
}

/** How deep vectors are made of vectors. */
const DEPTH = 3

/** Code that pushes a vector: the writer's rules know of numbers only. */
function vector(w: Writer, depth = DEPTH): number[] {
  const { random } = w
  if (depth === 0 || random.chance(15)) return vectorLeaf(w)
  if (random.chance(20)) return vectorLoad(w, depth)
  if (random.chance(8))
    return [...vector(w, depth - 1), ...vector(w, depth - 1), ...w.value('i32'), ...opcode('select')]
  return apply(w, random.pick(BY_RESULT.v128), depth)
}

function vectorLeaf(w: Writer): number[] {
  const locals = w.locals.flatMap((type, index) => ((type as string) === 'v128' ? [index] : []))
  if (locals.length > 0 && w.random.chance(70)) return ins('local.get', w.random.pick(locals))
  return [...opcode('v128.const'), ...Array.from({ length: 16 }, () => w.random.pick([0, 1, 0x7f, 0x80, 0xff, 0x3c]))]
}

/** An instruction on operands made for it. */
function apply(w: Writer, op: Op, depth: number): number[] {
  const operands = op.type!.params.flatMap((type) =>
    type === 'v128' ? vector(w, depth - 1) : type === 'addr' ? address(w) : w.value(type),
  )
  return [...operands, ...opcode(op.name), ...immediates(w, op)]
}

const vectorLoad = (w: Writer, depth: number): number[] => accessed(w, w.random.pick(LOADS), depth)

function accessed(w: Writer, op: Op, depth: number): number[] {
  const operands = op.type!.params.flatMap((type) => (type === 'v128' ? vector(w, depth - 1) : address(w)))
  return [...operands, ...access(op.name, w.random.below(9) * 4), ...(op.lanes > 0 ? [w.random.below(op.lanes)] : [])]
}

/** A number that a vector gives. */
const ofVector: ValueRule = (w, type) => apply(w, w.random.pick(BY_RESULT[type]), DEPTH)

const COUNTS = ['i32.add', 'i32.and', 'i32.shl', 'i32.xor'] as const
const count: ValueRule = (w, type) =>
  type === 'i32' ? [...w.values(['i32', 'i32']), ...opcode(w.random.pick(COUNTS))] : undefined

const setLocal: StatementRule = (w) => {
  const index = w.random.below(w.locals.length)
  if ((w.locals[index] as string) === 'v128') return [...vector(w), ...ins('local.set', index)]
  const type = w.locals[index]!
  const local = w.local(type)
  return local === undefined ? undefined : [...w.value(type), ...ins('local.set', local)]
}

const store: StatementRule = (w) => accessed(w, w.random.pick(STORES), DEPTH)

const either: StatementRule = (w) => [
  ...w.value('i32'),
  ...open('if', undefined),
  ...w.inside([], () => w.statements(3)),
  ELSE,
  ...w.inside([], () => w.statements(3)),
  END,
]

export const vectors: Style = {
  signature: (random) => ({ params: random.some(TYPES, 1, 3), results: [random.pick(TYPES)] }),
  // Vectors are locals of a type that the writer does not know: it neither reads nor sets them by itself.
  locals: ['v128' as NumName, 'i32', 'v128' as NumName],
  rules: {
    leaf,
    values: [
      [6, leaf],
      [6, ofVector],
      [4, count],
    ],
    statements: [[12, setLocal], [6, store], [3, either], ...manyLoops],
  },
  body: (w) => [...w.statements(8), ...w.statements(5), ...w.values(w.signature.results)],
  sizes: [15, 40, 80],
  functions: [3, 6],
}
