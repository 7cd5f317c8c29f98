// The instructions of a function body as pieces of its bytes.

import { Locals } from '../../../src/0-wasm/locals.ts'
import type { Module } from '../../../src/0-wasm/module.ts'
import type { OpName } from '../../../src/0-wasm/ops/index.ts'
import type { AbstractHeapType, FuncType, ValType } from '../../../src/0-wasm/types.ts'
import { CodeReader } from '../../../src/1-decode/code.ts'
import { Checker, type Operand } from '../../../src/2-validate/checker.ts'
import { applyRule } from '../../../src/2-validate/rules.ts'
import { VAL_TYPES, type ValName } from '../../binary/code.ts'
import { sleb, uleb } from '../../binary/leb.ts'
import { Pieces } from './editor.ts'

export interface Piece {
  readonly name: OpName
  readonly bytes: Uint8Array | readonly number[]
  /** Of branches: the labels, the default of a `br_table` last. */
  readonly labels: readonly number[]
}

export interface Body {
  /** Declared locals, without the parameters. */
  readonly locals: readonly ValType[]
  /** All instructions, the final `end` included. */
  readonly code: readonly Piece[]
}

/** What the operand stack is like before an instruction. */
export interface State {
  readonly height: number
  /** Blocks around it, that of the function included. */
  readonly depth: number
  /** The type of the topmost operand, or undefined if there is none in its block. */
  readonly top: Operand | undefined
}

/** Takes the body of a function of the module apart; `visit` sees the stack before each instruction. */
export function readBody(module: Module, start: number, end: number): Body {
  const reader = new CodeReader(module, start, end)
  const locals = reader.locals().flatMap(({ count, type }) => new Array<ValType>(count).fill(type))
  const code: Piece[] = []
  while (reader.next()) code.push(pieceOf(module, reader))
  return { locals, code }
}

function pieceOf(module: Module, { ins, pos }: CodeReader): Piece {
  const { name } = ins.op
  const labels = name === 'br_table' ? ins.labels : name === 'br' || name === 'br_if' ? [ins.index] : []
  return { name, bytes: module.bytes.subarray(ins.offset, pos), labels }
}

/** The stack before each instruction of a valid function. */
export function statesOf(module: Module, index: number): State[] {
  const { body, type } = module.funcs[index]!
  const func = module.types[type]!.composite as FuncType
  const reader = new CodeReader(module, body!.start, body!.end)
  const checker = new Checker(module, func, new Locals(func.params, reader.locals()))
  const states: State[] = []
  while (reader.next()) {
    states.push(stateOf(checker))
    applyRule(checker, reader.ins)
  }
  return states
}

function stateOf(checker: Checker): State {
  const { depth, frame } = checker
  const around = frame.height
  // A block that is entered and left says how high the stack is.
  checker.pushCtrl('block', { kind: 'func', params: [], results: [] })
  const { height } = checker.popCtrl()
  let top: Operand | undefined
  if (height > around) {
    top = checker.popAny()
    checker.pushVal(top)
  }
  return { height, depth, top }
}

/** The codes of abstract heap types, as they are in bytes. */
const HEAP_TYPES: Readonly<Record<AbstractHeapType, number>> = {
  func: 0x70,
  extern: 0x6f,
  any: 0x6e,
  eq: 0x6d,
  i31: 0x6c,
  struct: 0x6b,
  array: 0x6a,
  exn: 0x69,
  none: 0x71,
  noextern: 0x72,
  nofunc: 0x73,
  noexn: 0x74,
}

/** Short where there is a short form: engines without typed references know no other. */
function typeBytes(type: ValType | ValName): readonly number[] {
  if (typeof type === 'string') return [VAL_TYPES[type]]
  const { nullable, heap } = type
  if (nullable && typeof heap === 'string') return [HEAP_TYPES[heap]]
  return [nullable ? 0x63 : 0x64, ...(typeof heap === 'number' ? sleb(BigInt(heap)) : [HEAP_TYPES[heap]])]
}

/** The bytes of a body. */
export function writeBody(
  locals: readonly (ValType | ValName)[],
  code: Iterable<Uint8Array | readonly number[]>,
): Uint8Array {
  const out = new Pieces()
  const runs: { type: readonly number[]; count: number }[] = []
  for (const type of locals.map(typeBytes)) {
    const last = runs.at(-1)
    if (last?.type.join() === type.join()) last.count++
    else runs.push({ type, count: 1 })
  }
  out.add(uleb(runs.length))
  for (const { type, count } of runs) out.add([...uleb(count), ...type])
  for (const piece of code) out.add(piece)
  return out.bytes()
}
