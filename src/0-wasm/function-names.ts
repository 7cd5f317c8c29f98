// What people call a function: its name in the name section, or else what it is exported or imported as.

import type { Module } from './module.ts'

/** By index. Functions that nothing gives a name are not there. */
export function functionNames({
  names,
  exports,
  funcs,
}: Pick<Module, 'names' | 'exports' | 'funcs'>): Map<number, string> {
  const found = new Map(names.funcs)
  for (const { kind, index, name } of exports) if (kind === 'func' && !found.has(index)) found.set(index, name)
  for (const [index, { import: from }] of funcs.entries())
    if (from !== undefined && !found.has(index)) found.set(index, `${from.module}.${from.name}`)
  return found
}
