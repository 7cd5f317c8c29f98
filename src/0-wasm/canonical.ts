// Identity of types. Wasm's defined types are equal by structure, recursive group by recursive group (spec,
// "Validation / Types / Rolling and Unrolling"), within a module and between modules.

import type { Module } from './module.ts'
import type { CompositeType, DefinedType, FieldType, HeapType, ValType } from './types.ts'

/** A defined type before it is known which earlier one it equals. */
export type NewType = Omit<DefinedType, 'canonical'>

/** Says which type an index means, independently of where the group stands. */
type Spell = (index: number) => string

const LETTERS = { i32: 'i', i64: 'I', f32: 'f', f64: 'd', v128: 'v' } as const

const heapText = (heap: HeapType, spell: Spell): string => (typeof heap === 'number' ? spell(heap) : heap)

function valueText(type: ValType, spell: Spell): string {
  if (typeof type === 'string') return LETTERS[type]
  if (type.nullable && type.heap === 'func') return 'F'
  if (type.nullable && type.heap === 'extern') return 'x'
  return `(${type.nullable ? '?' : ''}${heapText(type.heap, spell)})`
}

function fieldText({ storage, mutable }: FieldType, spell: Spell): string {
  const text = storage === 'i8' || storage === 'i16' ? `<${storage}>` : valueText(storage, spell)
  return mutable ? `${text}!` : text
}

function compositeText(type: CompositeType, spell: Spell): string {
  const texts = (types: readonly ValType[]) => types.map((each) => valueText(each, spell)).join('')
  switch (type.kind) {
    case 'func':
      return `${texts(type.params)}>${texts(type.results)}`
    case 'struct':
      return `{${type.fields.map((field) => fieldText(field, spell)).join('')}}`
    case 'array':
      return `[${fieldText(type.element, spell)}]`
  }
}

/** The letter of a value type: `i`, `I`, `f`, `d`, `v`, `F` (funcref), `x` (externref). */
export const valueKey = (type: ValType): string => valueText(type, String)

const typeText = ({ composite, final, supertypes }: NewType, spell: Spell): string =>
  (final ? '' : '~') + supertypes.map((index) => `^${spell(index)}^`).join('') + compositeText(composite, spell)

/** Index after the last type of the group that starts at `start`. */
function groupEnd(types: readonly NewType[], start: number): number {
  let end = start + 1
  while (end < types.length && types[end]!.group === start) end++
  return end
}

function groupText(types: readonly NewType[], start: number, end: number, outside: Spell): string {
  const spell: Spell = (index) => (index >= start && index < end ? `.${index - start}` : outside(index))
  return types
    .slice(start, end)
    .map((type) => typeText(type, spell))
    .join('|')
}

/**
 * @param types the types of a module, in order; indices in them need not exist
 * @returns for each type the index of the first type equal to it
 */
export function canonicalIndices(types: readonly NewType[]): number[] {
  const firsts = new Map<string, number>()
  const canonical: number[] = []
  for (let start = 0; start < types.length; ) {
    const end = groupEnd(types, start)
    const text = groupText(types, start, end, (index) => String(canonical[index] ?? `unknown ${index}`))
    const first = firsts.get(text) ?? start
    firsts.set(text, first)
    for (let index = start; index < end; index++) canonical.push(first + index - start)
    start = end
  }
  return canonical
}

/** The text of a recursive group, in pieces: numbers stand for the types, by canonical index, of other groups. */
export function groupParts({ types }: Pick<Module, 'types'>, start: number): readonly (string | number)[] {
  const outside: number[] = []
  const text = groupText(types, start, groupEnd(types, start), (index) => {
    outside.push(types[index]!.canonical)
    return '\n'
  })
  return text.split('\n').flatMap((piece, i) => (i === 0 ? [piece] : [outside[i - 1]!, piece]))
}

/** How many types the group has that starts there. */
export const groupSize = ({ types }: Pick<Module, 'types'>, start: number): number => groupEnd(types, start) - start

/** Whether a type is a group of its own that names no other type: its key needs no more than its own text. */
export const isPlain = (module: Pick<Module, 'types'>, index: number): boolean =>
  groupSize(module, module.types[index]!.group) === 1 && groupParts(module, index).length === 1

/**
 * The identity of a defined type, the same text for equal types of any two valid modules. For function types without
 * references to other types it is the parameters' and results' letters, as `iI>f`. For others it lists the
 * recursive groups that the type is made of, each once, and says which type of the last group is meant.
 */
export function typeKey({ types }: { readonly types: readonly DefinedType[] }, index: number): string {
  const type = types[types[index]!.canonical]!
  const numbers = new Map<number, number>()
  const spell: Spell = (inner) => `${numbers.get(groupOf(types, inner))}.${memberOf(types, inner)}`
  const texts = groupsUnder(types, type.group).map((start, number) => {
    numbers.set(start, number)
    return groupText(types, start, groupEnd(types, start), spell)
  })
  const alone = groupEnd(types, type.group) === type.group + 1
  return texts.length === 1 && alone ? texts[0]! : `${texts.join(';')}#${memberOf(types, index)}`
}

const groupOf = (types: readonly DefinedType[], index: number): number => types[types[index]!.canonical]!.group
const memberOf = (types: readonly DefinedType[], index: number): number => index - types[index]!.group

/** The groups a group is made of, itself last: in depth-first order, which does not depend on their indices. */
function groupsUnder(types: readonly DefinedType[], start: number): number[] {
  const order: number[] = []
  const seen = new Set([start])
  const stack = [{ start, inner: groupsIn(types, start), next: 0 }]
  while (stack.length > 0) {
    const top = stack.at(-1)!
    const inner = top.inner[top.next++]
    if (inner === undefined) {
      order.push(top.start)
      stack.pop()
    } else if (!seen.has(inner)) {
      seen.add(inner)
      stack.push({ start: inner, inner: groupsIn(types, inner), next: 0 })
    }
  }
  return order
}

/** The other groups that a group's types name, in the order of mention. */
function groupsIn(types: readonly DefinedType[], start: number): number[] {
  const inner: number[] = []
  groupText(types, start, groupEnd(types, start), (index) => {
    inner.push(groupOf(types, index))
    return ''
  })
  return inner
}
