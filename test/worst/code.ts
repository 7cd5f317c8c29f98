// Bytes of long, regular code, for modules that are hard on the compiler.

import { constant, ins, opcode, type ValName } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'

export const get = (index: number): number[] => ins('local.get', index)
export const set = (index: number): number[] => ins('local.set', index)
export const i32 = (value: number): number[] => constant('i32', BigInt(value))
export const i64 = (value: bigint): number[] => constant('i64', value)

/** Without arrays in between: there may be millions of bytes. */
export function repeat(count: number, code: (i: number) => readonly number[]): number[] {
  const bytes: number[] = []
  for (let i = 0; i < count; i++) for (const byte of code(i)) bytes.push(byte)
  return bytes
}

export function join(...parts: readonly (readonly number[])[]): number[] {
  const bytes: number[] = []
  for (const part of parts) for (const byte of part) bytes.push(byte)
  return bytes
}

export const TO_I32 = { params: ['i32'], results: ['i32'] } as const

/** local 1 = local 1 * 31 + i */
export const mix = (i: number): number[] => [
  ...get(1),
  ...i32(31),
  ...opcode('i32.mul'),
  ...i32(i),
  ...opcode('i32.add'),
  ...set(1),
]

/** Whether local 0, the parameter, is this. */
export const isEqual = (value: number): number[] => [...get(0), ...i32(value), ...opcode('i32.eq')]

/** A module whose function `f` gives local 1, a checksum; its other locals are declared behind these two. */
export function ofCode(code: readonly number[], locals = 2, more: readonly ValName[] = []): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const types = [...new Array<ValName>(locals).fill('i32'), ...more]
  builder.export('f', 'func', builder.func(TO_I32, types, join(code, get(1))))
  return builder.build()
}
