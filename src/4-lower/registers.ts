// Which registers hold a value of each type.

import { isRef, type ValType } from '../0-wasm/types.ts'
import type { Reg, RegType } from '../3-ir/ir.ts'

/** The registers of a value: i64 is a low and a high word. */
export function registersOf(type: ValType): readonly RegType[] {
  if (isRef(type)) return ['ref']
  switch (type) {
    case 'i64':
      return ['i32', 'i32']
    case 'v128':
      return ['i32', 'i32', 'i32', 'i32']
    default:
      return [type]
  }
}

/** Makes the registers of one function; ids count from 0. */
export class Registers {
  count = 0
  /** Those of a value; in wide functions an i64 is one. */
  readonly of: (type: ValType) => readonly RegType[]

  constructor(isWide: boolean) {
    this.of = isWide ? (type) => (type === 'i64' ? ['i64'] : registersOf(type)) : registersOf
  }

  /** Whether any of them holds floats. */
  hasFloats = false

  temp(type: RegType): Reg {
    return this.#make(type, undefined)
  }

  /** One list of registers for each Wasm local. */
  local(index: number, type: ValType): readonly Reg[] {
    return this.of(type).map((regType) => this.#make(regType, index))
  }

  #make(type: RegType, local: number | undefined): Reg {
    if (type === 'f32' || type === 'f64') this.hasFloats = true
    return { id: this.count++, type, local }
  }

  temps(type: ValType): readonly Reg[] {
    return this.of(type).map((regType) => this.temp(regType))
  }
}
