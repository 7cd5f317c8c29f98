// Registers: which type they have for each type of Wasm, and how new ones are made.

import { type FuncType, isRef, type ValType } from '../0-wasm/types.ts'
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

/** What a value is in a tuple (4-lower/tuples.ts): the words of a float are those of its bits. */
export const elementsOfType = (type: ValType): readonly RegType[] =>
  type === 'f32' ? ['i32'] : type === 'f64' ? ['i32', 'i32'] : wordsOfType(type)

/** What takes more words than this is handed over as a tuple, as parameters if they are more than MAX_PARAMS. */
const MAX_WORDS = 4
const MAX_PARAMS = 32

/** Whether so many values are handed over as a tuple where they leave a call or a block, or enter a block. */
export const isTuple = (types: readonly ValType[]): boolean => types.length > 1 && exceeds(types, MAX_WORDS)

/** Whether a function of these parameters takes a tuple. */
export const isTupleOfParams = (types: readonly ValType[]): boolean =>
  types.length > MAX_PARAMS / 4 && exceeds(types, MAX_PARAMS)

function exceeds(types: readonly ValType[], words: number): boolean {
  if (types.length > words) return true
  let count = 0
  for (const type of types) count += wordsOfType(type).length
  return count > words
}

const TUPLE: readonly RegType[] = ['ref']

/** What a function takes and gives, as registers. */
export interface Signature {
  readonly params: readonly RegType[]
  readonly results: readonly RegType[]
}

export const signatureOf = ({ params, results }: FuncType): Signature => ({
  params: isTupleOfParams(params) ? TUPLE : params.map(registerType),
  results: isTuple(results) ? TUPLE : results.map(registerType),
})

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
