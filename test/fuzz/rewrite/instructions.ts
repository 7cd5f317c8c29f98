// The instructions of a function body as pieces of its bytes.

import { Locals } from '../../../src/0-wasm/locals.ts'
import type { Module } from '../../../src/0-wasm/module.ts'
import type { OpName } from '../../../src/0-wasm/ops/index.ts'
import type { FuncType, ValType } from '../../../src/0-wasm/types.ts'
import { CodeReader } from '../../../src/1-decode/code.ts'
import { Checker, type Operand } from '../../../src/2-validate/checker.ts'
import { applyRule } from '../../../src/2-validate/rules.ts'
import { VAL_TYPES, type ValName } from '../../binary/code.ts'
import { uleb } from '../../binary/leb.ts'
import { Pieces, valName } from './editor.ts'

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

/** The bytes of a body. */
export function writeBody(
  locals: readonly (ValType | ValName)[],
  code: Iterable<Uint8Array | readonly number[]>,
): Uint8Array {
  const out = new Pieces()
  const names = locals.map((type) => (typeof type === 'string' ? type : valName(type)!))
  const runs: { name: ValName; count: number }[] = []
  for (const name of names) {
    const last = runs.at(-1)
    if (last?.name === name) last.count++
    else runs.push({ name, count: 1 })
  }
  out.add(uleb(runs.length))
  for (const { name, count } of runs) out.add([...uleb(count), VAL_TYPES[name]])
  for (const piece of code) out.add(piece)
  return out.bytes()
}
