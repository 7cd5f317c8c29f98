// Registers: which type they have for each type of Wasm, and how new ones are made.

import { isRef, type ValType } from '../0-wasm/types.ts'
import type { Func, Label, Reg, RegType } from './ir.ts'
import { newLabel } from './statements.ts'

/** The type of the register that holds a value of Wasm. */
export function registerType(type: ValType): RegType {
  if (isRef(type)) return 'ref'
  if (type === 'v128') throw new Error('v128 is refused before it is lowered')
  return type
}

/** How functions hand values to each other, and how globals keep them: an i64 is a low and a high word. */
export const wordTypes = (type: RegType): readonly RegType[] => (type === 'i64' ? ['i32', 'i32'] : [type])

/** The same for a type of Wasm: a v128 is four words. */
export const wordsOfType = (type: ValType): readonly RegType[] =>
  type === 'v128' ? ['i32', 'i32', 'i32', 'i32'] : wordTypes(registerType(type))

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
