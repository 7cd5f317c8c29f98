// Smaller bodies for a function. Whether they are valid is for the engine to say, and whether they still fail for whoever
// wants them: here are only candidates, the boldest first.

import type { OpName } from '../../../src/0-wasm/ops/index.ts'
import { constant, ins, type NumName, opcode } from '../../binary/code.ts'
import type { Piece, State } from '../rewrite/instructions.ts'

/** Instructions from index `from` to before index `to`, to be replaced. */
export interface Edit {
  readonly from: number
  readonly to: number
  readonly code: readonly Piece[]
  /** The code is made of what it replaces. */
  readonly derived?: boolean
}

const piece = (name: OpName, bytes: readonly number[], labels: readonly number[] = []): Piece => ({
  name,
  bytes,
  labels,
})

const branch = (name: 'br' | 'br_if', label: number): Piece => piece(name, ins(name, label), [label])

function branchTable(labels: readonly number[]): Piece {
  const [count, ...all] = [labels.length - 1, ...labels]
  return piece('br_table', ins('br_table', count, ...all), labels)
}

const NUMBERS: readonly unknown[] = ['i32', 'i64', 'f32', 'f64']

/** Constants that may stand for any value of a type, the simplest first. */
function constants(type: unknown): Piece[] {
  if (type === 'bot') return [piece('i32.const', constant('i32', 0n))]
  if (!NUMBERS.includes(type)) return [piece('ref.null', [0xd0, 0x70]), piece('ref.null', [0xd0, 0x6f])]
  const name = type as NumName
  const values = name === 'f32' ? [0n, 0x3f80_0000n] : name === 'f64' ? [0n, 0x3ff0n << 48n] : [0n, 1n, -1n]
  return values.map((bits) => piece(`${name}.const`, constant(name, bits)))
}

/** Where stretches that begin here and leave the stack as it was end: the longest, one of half as many statements, ... */
function* endsOf(states: readonly State[], from: number): Generator<number> {
  const { height, depth } = states[from]!
  const ends: number[] = []
  for (let to = from + 1; to < states.length; to++) {
    const state = states[to]!
    if (state.depth < depth || state.height < height) break
    if (state.depth === depth && state.height === height) ends.push(to)
  }
  for (let count = ends.length; count > 0; count >>= 1) yield ends[count - 1]!
}

/** Where the value begins that is topmost before an instruction. */
function startOf(states: readonly State[], to: number): number | undefined {
  const { height, depth, top } = states[to]!
  if (top === undefined) return undefined
  for (let from = to - 1; from >= 0; from--) {
    const state = states[from]!
    if (state.depth < depth || state.height < height - 1) return undefined
    if (state.depth === depth && state.height === height - 1) return from
  }
  return undefined
}

/** Index of the `end` or `else` that closes the block in which an instruction stands. */
function closing(states: readonly State[], code: readonly Piece[], from: number): number {
  const { depth } = states[from]!
  for (let to = from; to < code.length; to++) {
    const { name } = code[to]!
    if (states[to]!.depth === depth && (name === 'end' || name === 'else') && to > from) return to
  }
  return code.length - 1
}

/** Whole stretches without effect on the stack, from long to short; and the rest of a block that is never reached. */
export function removals(code: readonly Piece[], states: readonly State[]): Edit[] {
  const found: Edit[] = []
  for (let from = 0; from < code.length - 1; from++) {
    for (const to of endsOf(states, from)) found.push({ from, to, code: [] })
    const to = closing(states, code, from)
    if (to - from > 1) found.push({ from, to, code: [piece('unreachable', opcode('unreachable'))] })
  }
  return found.sort((a, b) => b.to - b.from - (a.to - a.from))
}

/** So many values inside a value are tried in its place. */
const INNER = 8

/** Values replaced by constants, and by values that they are made of. */
export function replacements(code: readonly Piece[], states: readonly State[]): Edit[] {
  const values: { from: number; to: number; top: unknown }[] = []
  for (let to = 1; to < code.length; to++) {
    const from = startOf(states, to)
    if (from !== undefined) values.push({ from, to, top: states[to]!.top })
  }
  values.sort((a, b) => b.to - b.from - (a.to - a.from))
  return values.flatMap(({ from, to, top }) => {
    const isConstant = to - from === 1 && code[from]!.name.endsWith('.const')
    const simple: Edit[] = isConstant ? [] : constants(top).map((value) => ({ from, to, code: [value] }))
    const inner = values.filter((each) => each.from >= from && each.to < to && each.top === top).slice(0, INNER)
    return [...simple, ...inner.map((each) => ({ from, to, code: code.slice(each.from, each.to), derived: true }))]
  })
}

/** Blocks without their borders, arms without their `if`, simpler branches, literals nearer to zero. */
export const simplifications = (code: readonly Piece[], states: readonly State[]): Edit[] => [...simpler(code, states)]

function* simpler(code: readonly Piece[], states: readonly State[]): Generator<Edit> {
  for (let from = 0; from < code.length - 1; from++) {
    const { name, labels } = code[from]!
    if (name === 'block' || name === 'loop' || name === 'if') yield* unwraps(code, states, from)
    if (name === 'br_table') {
      for (const label of new Set(labels))
        yield { from, to: from + 1, code: [piece('drop', opcode('drop')), branch('br', label)] }
      for (let i = 0; i < labels.length; i++) {
        if (labels.length > 1) yield { from, to: from + 1, code: [branchTable(labels.filter((_, k) => k !== i))] }
      }
    }
    if (name === 'br_if') yield { from, to: from + 1, code: [piece('drop', opcode('drop'))] }
    if (name === 'local.tee') yield { from, to: from + 1, code: [] }
    if (name.endsWith('.const'))
      for (const value of constants(name.slice(0, 3))) yield { from, to: from + 1, code: [value] }
    else if (name !== 'end' && name !== 'else') yield { from, to: from + 1, code: [] }
  }
}

function* unwraps(code: readonly Piece[], states: readonly State[], from: number): Generator<Edit> {
  const { depth } = states[from]!
  let middle: number | undefined
  let to = from + 1
  for (; to < code.length; to++) {
    if (states[to]!.depth !== depth + 1) continue
    if (code[to]!.name === 'else') middle = to
    if (code[to]!.name === 'end') break
  }
  const arm = (start: number, end: number): Piece[] | undefined =>
    outside(code.slice(start, end), states.slice(start, end), depth + 1)
  const drop = piece('drop', opcode('drop'))
  if (code[from]!.name !== 'if') {
    const body = arm(from + 1, to)
    if (body !== undefined) yield { from, to: to + 1, code: body, derived: true }
    return
  }
  for (const body of [arm(from + 1, middle ?? to), middle === undefined ? [] : arm(middle + 1, to)]) {
    if (body !== undefined) yield { from, to: to + 1, code: [drop, ...body], derived: true }
  }
  if (middle !== undefined) yield { from: middle, to, code: [] }
}

/** Code that stood in a block at this depth without the block; undefined if it branches to the block. */
function outside(code: readonly Piece[], states: readonly State[], depth: number): Piece[] | undefined {
  const moved: Piece[] = []
  for (const [i, each] of code.entries()) {
    // A branch of this label goes to the block.
    const own = states[i]!.depth - depth
    if (each.labels.includes(own)) return undefined
    const labels = each.labels.map((label) => (label > own ? label - 1 : label))
    if (each.labels.length === 0) moved.push(each)
    else moved.push(each.name === 'br_table' ? branchTable(labels) : branch(each.name as 'br', labels[0]!))
  }
  return moved
}
