// Registers: which type they have for each type of Wasm, and how new ones are made.

import { type FieldType, type FuncType, isRef, unpacked, type ValType } from '../0-wasm/types.ts'
import { MANY_WORDS } from './gc-ops.ts'
import type { Func, Label, Reg, RegType } from './ir.ts'
import { newLabel } from './statements.ts'

/** The type of the register that holds a value of Wasm. */
export function registerType(type: ValType): RegType {
  return isRef(type) ? 'ref' : type
}

const TWO: readonly RegType[] = ['i32', 'i32']
const FOUR: readonly RegType[] = ['i32', 'i32', 'i32', 'i32']

/** How functions hand values to each other, and how globals keep them: an i64 is two words, a v128 four, the lowest first. */
export const wordTypes = (type: RegType): readonly RegType[] => WORDS[type]

const WORDS: { readonly [Type in RegType]: readonly RegType[] } = {
  i32: ['i32'],
  i64: TWO,
  f32: ['f32'],
  f64: ['f64'],
  v128: FOUR,
  ref: ['ref'],
  i64cell: ['i64cell'],
}

/** The same for a type of Wasm. */
export const wordsOfType = (type: ValType): readonly RegType[] => wordTypes(registerType(type))

/** What a value is in a tuple (4-lower/tuples.ts): the words of a float are those of its bits. */
export const elementsOfType = (type: ValType): readonly RegType[] =>
  type === 'f32' ? ['i32'] : type === 'f64' ? ['i32', 'i32'] : wordsOfType(type)

/** Values that take more words than this enter and leave blocks as a tuple: up to here registers are ten times as fast. */
const MAX_IN_REGISTERS = 8

/** Results that take more words than this leave a call as a tuple, which is as fast as result cells and shorter. */
const MAX_RESULTS = 4

/** Arguments enter a call as a tuple if they take more words than this, or more than MAX_RESULTS where the results are one. */
const MAX_PARAMS = 16

/** Whether values of these types are handed over as a tuple by what is no call. */
export const isTuple = (types: readonly ValType[]): boolean => types.length > 1 && exceeds(types, MAX_IN_REGISTERS)

/** Whether functions that give these types give a tuple; where `isTuple` holds of them, this does. */
export const givesTuple = (results: readonly ValType[]): boolean => results.length > 1 && exceeds(results, MAX_RESULTS)

/** Whether functions of a type take a tuple. */
export const takesTuple = ({ params, results }: Pick<FuncType, 'params' | 'results'>): boolean =>
  params.length > 1 && exceeds(params, givesTuple(results) ? MAX_RESULTS : MAX_PARAMS)

/** Whether `struct.new_default` makes a structure by itself (gc-ops.ts). */
export const hasManyFields = (fields: readonly FieldType[]): boolean =>
  fields.length > MANY_WORDS ||
  exceeds(
    fields.map(({ storage }) => unpacked(storage)),
    MANY_WORDS,
  )

function exceeds(types: readonly ValType[], words: number): boolean {
  if (types.length > words) return true
  if (types.length * FOUR.length <= words) return false
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

export const signatureOf = (type: FuncType): Signature => ({
  params: takesTuple(type) ? TUPLE : type.params.map(registerType),
  results: givesTuple(type.results) ? TUPLE : type.results.map(registerType),
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
