// The part of the runtime that an output needs.

import type { Declaration } from './bundle.ts'

/**
 * The text of the named declarations and all they use, in an order that loads.
 * `table` is in such an order already (see bundle.ts), so its subset is too.
 */
export function shake(table: readonly Declaration[], names: Iterable<string>, es5: boolean): string {
  const byName = new Map(table.map((declaration) => [declaration.name, declaration]))
  const needed = new Set<string>()
  const open = [...names]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const declaration = byName.get(name)
    if (!declaration) throw new Error(`the runtime has no \`${name}\``)
    if (!needed.has(name)) {
      needed.add(name)
      open.push(...declaration.uses)
    }
  }
  return table
    .filter((declaration) => needed.has(declaration.name))
    .map((declaration) => `${(es5 && declaration.es5) || declaration.text}\n`)
    .join('')
}
