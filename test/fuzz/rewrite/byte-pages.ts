// A memory with pages of one byte, on engines that have none: one with pages of 64 KiB that is as large as it may become, a
// global that says how large it is, and a function that asks that before each instruction. It is the only memory, its addresses
// have 32 bits, and what accesses it are loads and stores of numbers, and bulk instructions.

import { type OpName, ops } from '../../../src/0-wasm/ops/index.ts'
import { constant, ELSE, END, ins, opcode, open, type ValName } from '../../binary/code.ts'
import type { Signature } from '../../binary/module.ts'
import { SIZE } from '../net/instance.ts'
import type { Editor } from './editor.ts'

const PAGE = 65536

const get = (index: number): number[] => ins('local.get', index)

const BULK: Readonly<Partial<Record<OpName, readonly number[]>>> = {
  // The addresses among the operands, of which the last is the number of bytes.
  'memory.fill': [0],
  'memory.copy': [0, 1],
  'memory.init': [0],
}

const BY_NAME = new Map(ops.map((op) => [op.name, op]))

/** The constant offset of an access: behind a byte for what it is, and the hint of its alignment. */
function offsetOf(bytes: Uint8Array | readonly number[]): bigint {
  let at = 1
  while (bytes[at]! >= 0x80) at++
  let offset = 0n
  for (let shift = 0n, more = true; more; shift += 7n) {
    const byte = bytes[++at]!
    offset |= BigInt(byte & 0x7f) << shift
    more = byte >= 0x80
  }
  return offset
}

/** Changes the module's memory. @returns what stands for an instruction: undefined for one that stays */
export function withoutBytePages(
  editor: Editor,
): (name: OpName, bytes: Uint8Array | readonly number[]) => number[] | undefined {
  const { limits } = editor.module.memories[0]!.type
  const [min, max] = [limits.min, limits.max!]
  const pages = Math.ceil(max / PAGE)
  editor.resize({
    memory: () => ({ min: pages, max: pages, page: undefined }),
    table: ({ min: least, max: most }) => ({ min: least, ...(most !== undefined && { max: most }) }),
  })
  const size = editor.global('i32', constant('i32', BigInt(min)))
  editor.export(SIZE, 'global', size)
  const made = new Map<string, number>()
  const call = (key: string, signature: Signature, code: () => readonly number[]): number[] => {
    const known = made.get(key) ?? editor.func(signature, [], code())
    made.set(key, known)
    return ins('call', known)
  }
  /** Traps if so many bytes behind an address, and what is on the stack, are not in the memory. */
  const check = (address: number, more: readonly number[]): number[] => [
    ...get(address),
    ...opcode('i64.extend_i32_u'),
    ...more,
    ...opcode('i64.add'),
    ...ins('global.get', size),
    ...opcode('i64.extend_i32_u'),
    ...opcode('i64.gt_u'),
    ...open('if', undefined),
    ...opcode('unreachable'),
    END,
  ]
  const grow = (): number[] => [
    ...ins('global.get', size),
    ...opcode('i64.extend_i32_u'),
    ...get(0),
    ...opcode('i64.extend_i32_u'),
    ...opcode('i64.add'),
    ...constant('i64', BigInt(max)),
    ...opcode('i64.gt_u'),
    ...open('if', 'i32'),
    ...constant('i32', -1n),
    ELSE,
    ...ins('global.get', size),
    ...ins('global.get', size),
    ...get(0),
    ...opcode('i32.add'),
    ...ins('global.set', size),
    END,
  ]
  return (name, bytes) => {
    if (name === 'memory.size') return ins('global.get', size)
    if (name === 'memory.grow') return call(name, { params: ['i32'], results: ['i32'] }, grow)
    const { type, immediates, width } = BY_NAME.get(name)!
    const addresses = BULK[name]
    const isAccess = immediates[0] === 'memarg'
    if (addresses === undefined && !isAccess) return undefined
    const params = addresses
      ? (['i32', 'i32', 'i32'] as const)
      : type!.params.map((each) => (each === 'addr' ? 'i32' : (each as ValName)))
    const operands = params.flatMap((_, index) => get(index))
    const checks = (): number[] => {
      if (addresses === undefined) return check(0, constant('i64', BigInt(width) + offsetOf(bytes)))
      return addresses.flatMap((address) => check(address, [...get(2), ...opcode('i64.extend_i32_u')]))
    }
    const results = addresses ? [] : (type!.results as readonly ValName[])
    return call([...bytes].join(), { params, results }, () => [...checks(), ...operands, ...bytes])
  }
}
