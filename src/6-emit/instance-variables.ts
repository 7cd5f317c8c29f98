// Where an instance keeps what it is made of: in variables, and where there is very much of a kind in arrays. Engines put
// variables on the stack that no function inside mentions, and some have a limit on their number.
//
//   f0, f1, ..., f29999, f_[1], f_[2], ...
//
// An array starts with a null: V8 quiets NaNs in arrays of nothing but numbers.

import type * as es from 'estree'
import type { Module } from '../0-wasm/module.ts'
import type { Version, VersionKind } from '../3-ir/versions.ts'
import { assign, at, type Constant, id, list, type Node, num, stmt, vars } from './build.ts'
import type { Names } from './names.ts'
import { VARIABLE_LIMITS } from './variable-limits.ts'

/** A variable, or the element of an array that stands for one. */
export type Variable = es.Identifier | (Node & es.MemberExpression)

/** The variables of everything that has an index. */
export type InstanceVariables = ReturnType<typeof instanceVariables>

/** Parts are of functions that are very large: there are not many. */
const VERSION_ARRAYS: Readonly<Record<Exclude<VersionKind, 'main'>, string | undefined>> = {
  part: undefined,
  bigint: 'w_',
  tail: '$$_',
}

/** @param isLazy whether the function with an index is compiled when it is first called (lazy.ts) */
export function instanceVariables(names: Names, isLazy: (index: number) => boolean) {
  const variable = (index: number, limit: number, name: string, array: string): Variable =>
    index < limit ? id(name) : at(id(array), num(index - limit + 1))
  const { func, global, segment, table, tag, type } = VARIABLE_LIMITS
  // One node for all calls of a function.
  const refs = new Map<number, Variable>()
  const ref = (index: number): Variable => {
    const known = refs.get(index)
    if (known !== undefined) return known
    const made = variable(index, func, names.func(index), 'f_')
    refs.set(index, made)
    return made
  }
  const version = (index: number, which: Version): Variable => {
    if (which.kind === 'main') return isLazy(index) ? variable(index, func, names.compiled(index), 'c_') : ref(index)
    const array = VERSION_ARRAYS[which.kind]
    const name = names.version(index, which)
    return array === undefined ? id(name) : variable(index, func, name, array)
  }
  return {
    /** A function as a reference. */
    ref,
    /** A version of a function, to call it. */
    version,
    memory: (index: number) => id(names.memory(index)),
    table: (index: number) => variable(index, table, names.table(index), 't_'),
    /** The table's elements and the ids of their types. */
    tableElems: (index: number) => variable(index, table, names.tableElems(index), 't_elems'),
    tableIds: (index: number) => variable(index, table, names.tableIds(index), 't_ids'),
    /** The shared object of a global. */
    globalObject: (index: number) => variable(index, global, names.globalObject(index), 'G_'),
    /** A register of a global that is not shared. */
    global: (index: number, part: number) =>
      variable(index, global, names.global(index, part), part === 0 ? 'g_' : `g_${part}`),
    elem: (index: number) => variable(index, segment, names.elem(index), 'e_'),
    /** What an active element segment lists. */
    items: (index: number) => variable(index, segment, names.items(index), 'r_'),
    data: (index: number) => variable(index, segment, names.data(index), 'd_'),
    tag: (index: number) => variable(index, tag, names.tag(index), 'X_'),
    type: (index: number) => variable(index, type, names.type(index), 'T_'),
    typeId: (index: number) => variable(index, type, names.typeId(index), 'I_'),
    /** The ids of a group of types begin with this one. */
    group: (index: number) => variable(index, type, names.group(index), 'K_'),
    /** What structures or arrays of a type have in common, and their constructor. */
    heapType: (index: number) => variable(index, type, names.heapType(index), 'Y_'),
    heapClass: (index: number) => variable(index, type, names.heapClass(index), 'S_'),
    /** A type of references, in the order of first use. */
    reference: (number: number) => id(names.reference(number)),
  }
}

/**
 * Declares the arrays that an instance of the module has.
 *
 * @param isLazy whether functions are compiled when they are first called (lazy.ts)
 */
export function instanceArrays(
  { funcs, globals, tables, tags, elements, data }: Module,
  isLazy: boolean,
): es.Statement[] {
  const { func, global, segment, table, tag } = VARIABLE_LIMITS
  return arrays([
    [['f_', 'w_', '$$_'], funcs.length > func],
    [['c_'], isLazy && funcs.length > func],
    [['G_', 'g_', 'g_1'], globals.length > global],
    [['t_', 't_elems', 't_ids'], tables.length > table],
    [['X_'], tags.length > tag],
    [['e_', 'r_'], elements.length > segment],
    [['d_'], data.length > segment],
  ])
}

/** Declares the arrays of what all instances of the module share. */
export const typeArrays = ({ types }: Module): es.Statement[] =>
  arrays([[['T_', 'I_'], types.length > VARIABLE_LIMITS.type]])

/** Declares the array that some of the variables are in, if they are. */
export function arrayOf(entries: readonly (readonly [Variable, Node])[]): es.Statement[] {
  const found = entries.find(([variable]) => variable.type === 'MemberExpression')?.[0] as
    | es.MemberExpression
    | undefined
  return found === undefined ? [] : arrays([[[(found.object as es.Identifier).name], true]])
}

function arrays(kinds: readonly (readonly [names: readonly string[], isNeeded: boolean])[]): es.Statement[] {
  const names = kinds.flatMap(([all, isNeeded]) => (isNeeded ? all : []))
  return names.length === 0 ? [] : [vars(names.map((name) => [name, list([id('null')])]))]
}

/**
 * Gives variables their first values.
 * @param kind what declares those that are variables
 */
export function define(entries: readonly (readonly [Variable, Node])[], kind: Constant = 'var'): es.Statement[] {
  const names: [string, Node][] = []
  const elements: es.Statement[] = []
  for (const [variable, value] of entries) {
    if (variable.type === 'Identifier') names.push([variable.name, value])
    else elements.push(stmt(assign(variable, value)))
  }
  return names.length === 0 ? elements : [vars(names, kind), ...elements]
}
