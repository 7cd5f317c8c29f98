// Makes a module one whose behaviour can be compared bit for bit: functions that pass floats as their bits, a function
// that sums up globals and tables, exported memories, and limits on growth.

import type { ValType } from '../../../src/0-wasm/types.ts'
import { carrier, fromBits } from '../../binary/bits.ts'
import { constant, ins, type NumName, opcode, type ValName } from '../../binary/code.ts'
import { Editor, valName } from './editor.ts'
import { type Settled, settledBits, settleNans } from './nans.ts'

/** An exported function of which integers are the parameters and results. */
export interface Callee {
  readonly name: string
  /** What the parameters are made into: floats are passed as their bits. */
  readonly params: readonly NumName[]
  readonly resultCount: number
}

/** A module that can be compared. */
export interface Subject {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly callees: readonly Callee[]
  /** Names of the exported memories. */
  readonly memories: readonly string[]
  /** A function whose i32 result changes with globals, tables and sizes; undefined: they are not looked at. */
  readonly state: string | undefined
  /** A global to set before each call: how many loop rounds and calls it may take. */
  readonly fuel: string | undefined
}

/** Pages that a memory may grow by, and elements that a table may. */
const GROWTH = 4
/** Pages of a memory that is not much used: comparing memories takes most of the time. */
const SMALL = 2
/** Table elements that are looked at. */
const ELEMENTS = 12
const TURN = 5n

export interface Observing {
  readonly nans: Settled
  /** `growth`: memories and tables may only grow by a few pages and elements. `size`: memories are small too. */
  readonly limit?: 'growth' | 'size' | undefined
}

/** A module may ask for all the memory there is, and get it: once natively, and once for each configuration. */
function resize(editor: Editor, limit: 'growth' | 'size'): void {
  const atMost = (min: number, max: number | undefined): number => Math.min(max ?? Infinity, min + GROWTH)
  editor.resize({
    memory: ({ min, max }) => ({ min: limit === 'size' ? Math.min(min, SMALL) : min, max: atMost(min, max) }),
    table: ({ min, max }) => ({ min, max: atMost(min, max) }),
  })
}

/** Throws CompileError if the module is malformed. */
export function observe(bytes: Uint8Array, { nans, limit }: Observing): Subject {
  const editor = new Editor(bytes)
  const { module } = editor
  settleNans(editor, nans)
  if (limit !== undefined) resize(editor, limit)
  const seen = new Set<number>()
  const callees = editor.exports
    .filter(({ kind, index }) => kind === 'func' && !seen.has(index) && seen.add(index) && canCall(editor, index))
    .map(({ name, index }) => calleeOf(editor, name, index, nans))
  const memories = module.memories.map((_, i) => editor.exported('memory', i, `memory ${i}`))
  const state = 'state of all'
  editor.export(state, 'func', stateFunction(editor, nans))
  const fuel = editor.exports.find(({ name, kind }) => kind === 'global' && name === 'fuel')?.name
  return { bytes: editor.build(), callees, memories, state, fuel }
}

/** Whether all parameters and results are of types that the functions around others have. */
function canCall(editor: Editor, index: number): boolean {
  const { params, results } = editor.funcType(index)
  return [...params, ...results].every((type) => valName(type) !== undefined)
}

const isNumber = (type: ValType): type is NumName => typeof type === 'string' && type !== 'v128'

/** An exported function, or one around it if floats or references go through it. */
function calleeOf(editor: Editor, name: string, index: number, nans: Settled): Callee {
  const { params, results } = editor.funcType(index)
  const callee = { name, params: params.filter(isNumber), resultCount: results.length }
  if ([...params, ...results].every((type) => type === 'i32' || type === 'i64')) return callee
  const wrapper = `bits of ${name}`
  editor.export(wrapper, 'func', wrap(editor, index, nans))
  return { ...callee, name: wrapper }
}

function wrap(editor: Editor, index: number, nans: Settled): number {
  const { params, results } = editor.funcType(index)
  const numbers = params.filter(isNumber)
  const names = results.map((type) => valName(type)!)
  const first = numbers.length
  let next = 0
  const code = [
    ...params.flatMap((type) =>
      isNumber(type) ? [...ins('local.get', next++), ...fromBits(type)] : nullOf(valName(type)!),
    ),
    ...ins('call', index),
    ...names.flatMap((_, i) => ins('local.set', first + names.length - 1 - i)),
    ...names.flatMap((type, i) => visible(type, ins('local.get', first + i), nans)),
  ]
  const signature = {
    params: numbers.map(carrier),
    results: names.map((type) => (isNum(type) ? carrier(type) : 'i32')),
  }
  return editor.func(signature, names, code)
}

const isNum = (name: ValName): name is NumName => /^[if](32|64)$/.test(name)
/** What stands for a parameter that JavaScript cannot give: null, or a vector. */
const nullOf = (name: ValName): number[] =>
  name === 'v128' ? [...opcode('v128.const'), ...VECTOR] : [0xd0, name === 'externref' ? 0x6f : 0x70]
const VECTOR = [0, 1, 0x7f, 0x80, 0xff, 0xfe, 0x40, 0xc0, 0, 0, 0x80, 0x3f, 0xff, 0xff, 0xff, 0x7f]
function visible(name: ValName, get: readonly number[], nans: Settled): number[] {
  if (isNum(name)) return settledBits(name, get, nans)
  return name === 'v128' ? folded(get) : [...get, ...opcode('ref.is_null')]
}

/** A vector as one word that changes with all of it. */
const folded = (get: readonly number[]): number[] =>
  [0, 1, 2, 3].flatMap((lane) => {
    const word = [...get, ...opcode('i32x4.extract_lane'), lane]
    return lane === 0 ? word : [...constant('i32', TURN), ...opcode('i32.rotl'), ...word, ...opcode('i32.xor')]
  })

/** A function that folds everything that is not in a memory into one i32. */
function stateFunction(editor: Editor, nans: Settled): number {
  const { module } = editor
  const mix = [
    ...ins('local.get', 0),
    ...constant('i32', TURN),
    ...opcode('i32.rotl'),
    ...opcode('i32.xor'),
    ...ins('local.set', 0),
  ]
  const words = (type: ValType, get: number[]): number[] => {
    const name = valName(type)
    if (name === undefined) return []
    const bits = visible(name, get, nans)
    if (!isNum(name) || carrier(name) === 'i32') return [...bits, ...mix]
    const high = [...bits, ...constant('i64', 32n), ...opcode('i64.shr_u'), ...opcode('i32.wrap_i64'), ...mix]
    return [...bits, ...opcode('i32.wrap_i64'), ...mix, ...high]
  }
  const globals = module.globals.flatMap(({ type }, i) => (type.mutable ? words(type.type, ins('global.get', i)) : []))
  const sizeOf = (kind: 'memory' | 'table', index: number, is64: boolean): number[] => [
    ...ins(`${kind}.size`, index),
    ...(is64 ? opcode('i32.wrap_i64') : []),
    ...mix,
  ]
  const tables = module.tables.flatMap(({ type }, i) => {
    const count = Math.min(type.limits.min, ELEMENTS)
    const items = Array.from({ length: count }, (_, k) =>
      words(type.element, [...constant(type.addressType, BigInt(k)), ...ins('table.get', i)]),
    )
    return [...sizeOf('table', i, type.addressType === 'i64'), ...items.flat()]
  })
  const memories = module.memories.flatMap(({ type }, i) => sizeOf('memory', i, type.addressType === 'i64'))
  return editor.func(
    { params: [], results: ['i32'] },
    ['i32'],
    [...globals, ...tables, ...memories, ...ins('local.get', 0)],
  )
}
