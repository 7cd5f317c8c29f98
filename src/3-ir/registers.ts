// Registers: which type they have for each type of Wasm, and how new ones are made.

import { isRef, type ValType } from '../0-wasm/types.ts'
import type { Func, Label, Reg, RegType } from './ir.ts'
import { newLabel } from './statements.ts'

/** The type of the register that holds a value of Wasm. */
export function registerType(type: ValType): RegType {
  return isRef(type) ? 'ref' : type
}

const TWO: readonly RegType[] = ['i32', 'i32']
const FOUR: readonly RegType[] = ['i32', 'i32', 'i32', 'i32']

/** How functions hand values to each other, and how globals keep them: an i64 is two words, a v128 four, the lowest first. */
export const wordTypes = (type: RegType): readonly RegType[] => (type === 'i64' ? TWO : type === 'v128' ? FOUR : [type])

/** The same for a type of Wasm. */
export const wordsOfType = (type: ValType): readonly RegType[] => wordTypes(registerType(type))

/** Makes registers and labels that are new in a function. */
export class Fresh {
  regCount: number
  labelCount: number

  /** @param counts of the function so far */
  constructor({ regCount, labelCount }: Pick<Func, 'regCount' | 'labelCount'> = { regCount: 0, labelCount: 0 }) {
    this.regCount = regCount
    this.labelCount = labelCount
  }

  reg(type: RegType, local?: number): Reg {
    return { id: this.regCount++, type, local }
  }

  label(): Label {
    return newLabel(this.labelCount++)
  }

  /** What the function has now: for `{ ...func, ...fresh.counts }`. */
  get counts(): Pick<Func, 'regCount' | 'labelCount'> {
    return { regCount: this.regCount, labelCount: this.labelCount }
  }
}
