// What other modules and JavaScript may reach: through exports, imports, and references to functions that they get.

import type { ExternKind, Module } from '../../0-wasm/module.ts'
import { isRef, type ValType } from '../../0-wasm/types.ts'

/** Whether JavaScript, or another module, may get hold of references to functions that are not exported, or give some. */
export function refsLeave({ exports, imports, globals, tables, types }: Module): boolean {
  const isFunc = (type: ValType): boolean => isRef(type) && (type.heap === 'func' || typeof type.heap === 'number')
  const leaves = ({ kind, index }: { kind: string; index: number }): boolean =>
    (kind === 'table' && isFunc(tables[index]!.type.element)) ||
    (kind === 'global' && isFunc(globals[index]!.type.type))
  const inType = ({ composite }: Module['types'][number]): boolean =>
    composite.kind !== 'func' || [...composite.params, ...composite.results].some(isFunc)
  return exports.some(leaves) || imports.some(leaves) || types.some(inType)
}

/** The entities of a kind that are imported or exported. */
export function sharedOf({ exports, imports }: Module, kind: ExternKind): ReadonlySet<number> {
  return new Set([...imports, ...exports].filter((each) => each.kind === kind).map(({ index }) => index))
}
