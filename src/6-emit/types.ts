// The types of a module that its output has to do with, declared before `instantiate` for all instances: descriptors of function
// types, ids of types, and of structures and arrays what they have in common and their constructors.

import type * as es from 'estree'
import { groupParts, groupSize, typeKey } from '../0-wasm/canonical.ts'
import type { FuncType } from '../0-wasm/types.ts'
import { funcType } from './boundary.ts'
import { bin, constantFor, func, id, list, type Node, num, stmt, text } from './build.ts'
import { constructorOf, defaults, elementNames, fieldNames, fieldsInTuple } from './gc.ts'
import type { InstanceContext } from './instance-context.ts'
import { arrayOf, define, type Variable } from './instance-variables.ts'

/** Everything of `uses`, and what that needs: call this when all else is emitted. */
export function typeStatements(i: InstanceContext): es.Statement[] {
  const descriptors = [...i.types].map(([index, sides]): [Variable, Node] => [
    i.c.instance.type(index),
    funcType(i, i.isPlain(index) ? typeKey(i.c.module, index) : idOf(i, index), composite(i, index), sides),
  ])
  const references = [...i.references.values()].map(({ number, type: { nullable, heap } }): [Variable, Node] => {
    const [name, kind] = typeof heap === 'number' ? [idOf(i, heap), kindOf(i, heap)] : [text(heap), '']
    return [i.c.instance.reference(number), i.call('ref_type', num(Number(nullable)), name, text(kind))]
  })
  const ids = sorted(i.uses.typeIds).map((index): [Variable, Node] => [
    i.c.instance.typeId(index),
    i.isPlain(index) ? plainId(i, index) : idOf(i, index),
  ])
  const classes = sorted(i.uses.heapClasses).map((index): [Variable, Node] => {
    i.uses.heapTypes.add(index)
    return [i.c.instance.heapClass(index), classOf(i, index)]
  })
  const types = sorted(withSupertypes(i, i.uses.heapTypes)).map((index): [Variable, Node] => [
    i.c.instance.heapType(index),
    heapTypeOf(i, index),
  ])
  const groups = groupsOf(i)
  const constant = constantFor(i.isEs5)
  return [
    ...declare(groups, constant),
    ...declare(references, constant),
    ...declare([...descriptors, ...ids]),
    ...declare(types, constant),
    ...declare(classes, constant),
  ]
}

/** @param kind of constants, which have an array of their own if there are many */
const declare = (entries: readonly (readonly [Variable, Node])[], kind?: 'var' | 'const'): es.Statement[] =>
  entries.length === 0 ? [] : [...(kind === undefined ? [] : arrayOf(entries)), ...define(entries, kind)]

const sorted = (indices: Iterable<number>): number[] => [...indices].sort((a, b) => a - b)

const composite = ({ c }: InstanceContext, index: number): FuncType => c.module.types[index]!.composite as FuncType

const kindOf = ({ c }: InstanceContext, index: number): string => c.module.types[index]!.composite.kind

const plainId = (i: InstanceContext, index: number): Node => i.call('type_id', text(typeKey(i.c.module, index)))

/** The id of a type, by canonical index. */
function idOf(i: InstanceContext, index: number): Node {
  const { module, instance } = i.c
  const { group } = module.types[index]!
  i.groups.add(group)
  const first = instance.group(group)
  return index === group ? first : bin('+', first, num(index - group))
}

/** The groups that ids are of, and those that these name, in their order. */
function groupsOf(i: InstanceContext): [Variable, Node][] {
  const made = new Map<number, Node>()
  for (const group of i.groups) made.set(group, groupOf(i, group))
  return sorted(made.keys()).map((group) => [i.c.instance.group(group), made.get(group)!])
}

function groupOf(i: InstanceContext, start: number): Node {
  const { module } = i.c
  if (i.isPlain(start)) return plainId(i, start)
  const parts = groupParts(module, start).map((part) => (typeof part === 'number' ? idOf(i, part) : text(part)))
  const members = Array.from({ length: groupSize(module, start) }, (_, member) => start + member)
  const supers = members.map((index) => {
    const [above] = module.types[index]!.supertypes
    if (above === undefined) return num(-1)
    return above >= start ? num(-2 - (above - start)) : idOf(i, module.types[above]!.canonical)
  })
  return i.call('type_group', list(parts), list(supers))
}

/** Types and those above them, all canonical. */
function withSupertypes(i: InstanceContext, indices: Iterable<number>): ReadonlySet<number> {
  const { types } = i.c.module
  const found = new Set<number>()
  for (const index of indices) {
    for (let at: number | undefined = index; at !== undefined && !found.has(at); at = aboveOf(types, at)) found.add(at)
  }
  return found
}

type Types = InstanceContext['c']['module']['types']

/** The canonical index of the type above one. */
function aboveOf(types: Types, index: number): number | undefined {
  const [above] = types[index]!.supertypes
  return above === undefined ? undefined : types[above]!.canonical
}

function heapTypeOf(i: InstanceContext, index: number): Node {
  const { module, instance } = i.c
  const above = aboveOf(module.types, index)
  const kind = module.types[index]!.composite.kind === 'struct' ? 1 : 2
  return i.call('heap_type', idOf(i, index), num(kind), above === undefined ? id('null') : instance.heapType(above))
}

/** The constructor, whose objects all have their fields in the same order. */
function classOf(i: InstanceContext, index: number): Node {
  const type = i.c.module.types[index]!.composite
  const names = type.kind === 'struct' ? fieldNames(type) : type.kind === 'array' ? elementNames(type) : []
  const params = names.map((_, at) => i.c.names.variable(at))
  const before = type.kind === 'struct' ? defaults(type, params) : []
  const body = [...before, ...constructorOf(names, params)].map(stmt)
  const fields = type.kind === 'struct' ? fieldsInTuple(type) : undefined
  const made = i.call('heap_class', i.c.instance.heapType(index), func(params, body))
  return fields === undefined ? made : i.call('struct_fields', made, fields)
}
