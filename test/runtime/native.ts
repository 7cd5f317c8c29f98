// Native functions, one for each instruction, that take and give integers: floats travel as their bits.

import wabt from 'wabt'

export type Type = 'i32' | 'i64' | 'f32' | 'f64'

/** i32 and f32 as signed int32 numbers, i64 and f64 as signed BigInts. */
export type Bits = number | bigint

export interface Instruction {
  readonly name: string
  readonly params: readonly Type[]
  readonly result: Type
}

/** @param text e.g. `'i32.add: i32 i32 -> i32'` */
export function instruction(text: string): Instruction {
  const [name, type] = text.split(': ')
  const [params, result] = type.split(' -> ')
  return { name, params: params.split(' ') as Type[], result: result as Type }
}

const carrier = (type: Type): string => (type === 'f32' ? 'i32' : type === 'f64' ? 'i64' : type)

const fromBits = (type: Type, index: number): string =>
  type === 'f32' || type === 'f64'
    ? `(${type}.reinterpret_${carrier(type)} (local.get ${index}))`
    : `(local.get ${index})`

function functionText({ name, params, result }: Instruction): string {
  const call = `(${name} ${params.map(fromBits).join(' ')})`
  const body = carrier(result) === result ? call : `(${carrier(result)}.reinterpret_${result} ${call})`
  return `(func (export "${name}") (param ${params.map(carrier).join(' ')}) (result ${carrier(result)}) ${body})`
}

/** @returns the engine's own instances of the instructions, by name */
export async function native(instructions: readonly Instruction[]): Promise<Record<string, (...args: Bits[]) => Bits>> {
  const text = `(module ${instructions.map(functionText).join('\n')})`
  const parsed = (await wabt()).parseWat('ops.wat', text, { sat_float_to_int: true, sign_extension: true })
  const module = new WebAssembly.Module(parsed.toBinary({}).buffer as Uint8Array<ArrayBuffer>)
  return new WebAssembly.Instance(module).exports as Record<string, (...args: Bits[]) => Bits>
}
