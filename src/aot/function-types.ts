// Descriptors of simple function types, which the compiler writes as text for outputs (6-emit/boundary.ts), as closures.

import { i64_in, i64_out, ref_in_F, ref_out_F } from '../../runtime/boundary.ts'
import { type FuncDescriptor, func_type, type Raw } from '../../runtime/func.ts'
import { ri } from '../../runtime/results.ts'
import { foreign, trapped } from '../../runtime/traps.ts'

type Letter = 'i' | 'I' | 'f' | 'd' | 'F' | 'x'

/** Letters of value types by their codes in the binary format. */
export const LETTERS: Readonly<Record<number, Letter>> = {
  127: 'i',
  126: 'I',
  125: 'f',
  124: 'd',
  112: 'F',
  111: 'x',
}

/** Parameters in registers; of more than that, calls hand over a tuple (docs/OUTPUT.md). */
const MOST_REGISTERS = 16

/** ToWebAssemblyValue: the first register. The high word of an i64 is in `ri[0]`. */
function toWasm(letter: Letter, value: unknown): unknown {
  switch (letter) {
    case 'i':
      return (value as number) | 0
    case 'I':
      return i64_in(value)
    case 'f':
      return Math.fround(value as number)
    case 'd':
      return +(value as number)
    case 'F':
      return ref_in_F(value)
    case 'x':
      return value
  }
}

/** ToJSValue of the registers. */
function toJs(letter: Letter, first: unknown, high: unknown): unknown {
  if (letter === 'I') return i64_out(first as number, high as number)
  return letter === 'F' ? ref_out_F(first as Raw | null) : first
}

/**
 * @param key letters of the parameters, `>`, letters of the results
 * @returns undefined for types of several results or of very many parameters
 */
export function descriptorOf(key: string): FuncDescriptor | undefined {
  const [params, results] = key.split('>').map((letters) => [...letters] as Letter[]) as [Letter[], Letter[]]
  const registers = params.reduce((sum, letter) => sum + (letter === 'I' ? 2 : 1), 0)
  if (registers > MOST_REGISTERS || results.length > 1) return undefined
  return func_type(key, wrapMaker(params, results[0]), hostMaker(params, results[0]))
}

/** Makes Exported Functions, which have a parameter for each of the type's. */
function wrapMaker(params: readonly Letter[], result: Letter | undefined): FuncDescriptor['wrap'] {
  return (raw) => {
    const call = raw as (...registers: unknown[]) => unknown
    const exported = (...args: unknown[]): unknown => {
      const registers: unknown[] = []
      params.forEach((letter, i) => {
        registers.push(toWasm(letter, args[i]))
        if (letter === 'I') registers.push(ri[0])
      })
      try {
        const first = call(...registers)
        return result && toJs(result, first, ri[0])
      } catch (error) {
        throw trapped(error)
      }
    }
    return Object.defineProperty(exported, 'length', { value: params.length })
  }
}

function hostMaker(params: readonly Letter[], result: Letter | undefined): FuncDescriptor['host'] {
  return (fn) => {
    const call = fn as (...args: unknown[]) => unknown
    return (...registers: unknown[]) => {
      let next = 0
      const args = params.map((letter) => toJs(letter, registers[next++], letter === 'I' ? registers[next++] : 0))
      try {
        const value = call(...args)
        return result && toWasm(result, value)
      } catch (error) {
        throw foreign(error)
      }
    }
  }
}
