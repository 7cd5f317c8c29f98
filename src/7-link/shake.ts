// The part of the runtime that an output needs.

import type { Declaration } from './bundle.ts'
import type { Target } from './link.ts'

/**
 * The text of the named declarations and all they use, in an order that loads.
 * `table` is in such an order already (see bundle.ts), so its subset is too.
 */
export function shake(table: readonly Declaration[], names: Iterable<string>, target: Target): string {
  const byName = new Map(table.map((declaration) => [declaration.name, formFor(declaration, target)]))
  const needed = new Set<string>()
  const open = [...names]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const form = byName.get(name)
    if (!form) throw new Error(`the runtime has no \`${name}\``)
    if (!needed.has(name)) {
      needed.add(name)
      open.push(...form.uses)
    }
  }
  return table
    .filter(({ name }) => needed.has(name))
    .map(({ name }) => `${byName.get(name)!.text}\n`)
    .join('')
}

function formFor({ text, uses, es5, es2020 }: Declaration, target: Target): Pick<Declaration, 'text' | 'uses'> {
  if (target === 'es5') return { text: es5 ?? text, uses }
  return (target !== 'es2015' && es2020) || { text, uses }
}
