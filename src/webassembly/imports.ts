// Instantiation that does not happen at once still reads the import object at once (JS API, "read the imports").

import { isObject } from './bytes.ts'
import type { Compiled } from './source.ts'

/**
 * A plain copy of what the module will look up in the import object, each import read once and in order. What a module imports
 * twice may be two values.
 */
export function readImports(compiled: Compiled, importObject: object | undefined, where: string): object | undefined {
  if (importObject === undefined || compiled.imports.length === 0) return importObject
  const copy = new Map<string, Map<string, unknown[]>>()
  for (const { module, name } of compiled.imports) {
    const from: unknown = Reflect.get(importObject, module)
    if (!isObject(from)) throw new TypeError(`${where}: Import "${module}": module is not an object or function`)
    const values = copy.get(module) ?? new Map<string, unknown[]>()
    copy.set(module, values)
    values.set(name, [...(values.get(name) ?? []), Reflect.get(from, name)])
  }
  return dictionary([...copy].map(([module, values]) => [module, [dictionary(values)]]))
}

/** An object without prototype, on which `__proto__` is a name like any other. Of several values each is read once, in order. */
function dictionary(entries: Iterable<readonly [string, unknown[]]>): object {
  const object = Object.create(null)
  for (const [key, values] of entries)
    Object.defineProperty(object, key, { get: () => (values.length > 1 ? values.shift() : values[0]) })
  return object
}
