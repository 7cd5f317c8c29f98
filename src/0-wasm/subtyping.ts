// Matching (spec, "Validation / Matching"): when a value of one type may stand where another is expected.

import type { AbstractHeapType, CompositeType, DefinedType, FieldType, HeapType, PackedType, ValType } from './types.ts'

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

/** The top of each kind of defined types. */
const TOP: Readonly<Record<CompositeType['kind'], AbstractHeapType>> = { func: 'func', struct: 'any', array: 'any' }

/** @returns the heap type above all that a heap type may be cast from */
export function topOf({ types }: Types, heap: HeapType): AbstractHeapType {
  if (typeof heap === 'number') return TOP[types[heap]!.composite.kind]
  const [above] = ABOVE[heap]
  return above === undefined ? heap : topOf({ types }, above)
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

/** @returns whether what a field holds may stand where another is expected. */
export const storageMatches = (module: Types, sub: ValType | PackedType, sup: ValType | PackedType): boolean =>
  sub === sup || (isValue(sub) && isValue(sup) && matches(module, sub, sup))

const isValue = (storage: ValType | PackedType): storage is ValType => storage !== 'i8' && storage !== 'i16'

/** What can be written must be the same, what can only be read may be more special. */
const fieldMatches = (module: Types, sub: FieldType, sup: FieldType): boolean =>
  sub.mutable === sup.mutable &&
  storageMatches(module, sub.storage, sup.storage) &&
  (!sub.mutable || storageMatches(module, sup.storage, sub.storage))

/** @returns whether a type may be declared a subtype of another (spec, "Matching / Composite Types"). */
export function compositeMatches(module: Types, sub: CompositeType, sup: CompositeType): boolean {
  if (sub.kind === 'func') {
    return (
      sup.kind === 'func' && matchesAll(module, sup.params, sub.params) && matchesAll(module, sub.results, sup.results)
    )
  }
  if (sub.kind === 'array') return sup.kind === 'array' && fieldMatches(module, sub.element, sup.element)
  return (
    sup.kind === 'struct' &&
    sup.fields.length <= sub.fields.length &&
    sup.fields.every((field, index) => fieldMatches(module, sub.fields[index]!, field))
  )
}
