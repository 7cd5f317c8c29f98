// Matching (spec, "Validation / Matching"): when a value of one type may stand where another is expected.

import type { AbstractHeapType, CompositeType, DefinedType, HeapType, ValType } from './types.ts'

interface Types {
  readonly types: readonly DefinedType[]
}

/** The abstract heap types directly above each; the tops have none. */
const ABOVE: Readonly<Record<AbstractHeapType, readonly AbstractHeapType[]>> = {
  func: [],
  extern: [],
  exn: [],
  any: [],
  eq: ['any'],
  i31: ['eq'],
  struct: ['eq'],
  array: ['eq'],
  none: ['i31', 'struct', 'array'],
  nofunc: ['func'],
  noextern: ['extern'],
  noexn: ['exn'],
}

const BOTTOM: Readonly<Record<CompositeType['kind'], AbstractHeapType>> = {
  func: 'nofunc',
  struct: 'none',
  array: 'none',
}

const abstractMatches = (sub: AbstractHeapType, sup: AbstractHeapType): boolean =>
  sub === sup || ABOVE[sub].some((above) => abstractMatches(above, sup))

/** Walks up the declared supertypes; in a valid module each has a smaller index, so the walk ends. */
function definedMatches({ types }: Types, sub: number, sup: number): boolean {
  const goal = types[sup]!.canonical
  for (let index: number | undefined = sub; index !== undefined; index = types[index]!.supertypes[0]) {
    if (types[index]!.canonical === goal) return true
  }
  return false
}

function heapMatches(module: Types, sub: HeapType, sup: HeapType): boolean {
  if (sub === sup) return true
  if (typeof sup === 'number') {
    if (typeof sub === 'number') return definedMatches(module, sub, sup)
    return sub === BOTTOM[module.types[sup]!.composite.kind]
  }
  return abstractMatches(typeof sub === 'number' ? module.types[sub]!.composite.kind : sub, sup)
}

/** @returns whether a value of type `sub` may stand where `sup` is expected. */
export function matches(module: Types, sub: ValType, sup: ValType): boolean {
  if (sub === sup) return true
  if (typeof sub === 'string' || typeof sup === 'string') return false
  return (sup.nullable || !sub.nullable) && heapMatches(module, sub.heap, sup.heap)
}

/** @returns whether every type of a list matches its counterpart. */
export const matchesAll = (module: Types, sub: readonly ValType[], sup: readonly ValType[]): boolean =>
  sub === sup || (sub.length === sup.length && sub.every((type, index) => matches(module, type, sup[index]!)))
