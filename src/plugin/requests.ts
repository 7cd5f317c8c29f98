// What an import of a `.wasm` asks for.

import { isAbsolute } from 'node:path'
import { unescaped } from './paths.ts'

/**
 * `namespace`: `import * as x from './x.wasm'`, as ES module integration has it.
 * `default`: `import x from './x.wasm'`: a function of the imports that gives a module and an instance.
 * `init`: `import init from './x.wasm?init'`: a function of the imports that gives an instance.
 * `source`: `import source x from './x.wasm'`, also `'./x.wasm?module'`: a WebAssembly.Module.
 * `url`: `import url from './x.wasm?url'` and `new URL('./x.wasm', import.meta.url)`: an address that loaders fetch.
 */
export type Kind = 'namespace' | 'default' | 'init' | 'source' | 'url'

export interface Request {
  /** The specifier without its query. */
  readonly path: string
  readonly kind: Kind
}

const KINDS: Readonly<Record<string, Kind>> = { init: 'init', url: 'url', module: 'source' }

const OWN_KINDS: Readonly<Record<string, Kind>> = { namespace: 'namespace', source: 'source', default: 'default' }

/** Parameters that bundlers add for their own ends. */
const IGNORED = new Set(['import', 't', 'v'])

/** The parameter that this plugin says what it means by. */
const OWN = 'nowasm'

/** The specifier of a file that the bundler itself is to give an address of. */
export const ASSET = `?${OWN}=asset`

/** A path and a query. Folders above the project may have any name. */
const RELATIVE = /^([^?#\0]*\.wasm)(?:\?(.*))?$/s
const ABSOLUTE = /^([^\0]*\.wasm)(?:\?(.*))?$/s

/** Undefined for what is not asked of this plugin. */
export function parseRequest(specifier: string): Request | undefined {
  const [, path, query] = (isAbsolute(specifier) ? ABSOLUTE.exec(unescaped(specifier)) : RELATIVE.exec(specifier)) ?? []
  if (path === undefined || /^([a-z][a-z+.-]+:|\/\/)/i.test(path)) return undefined
  let kind: Kind = 'namespace'
  for (const [name, value] of new URLSearchParams(query)) {
    if (IGNORED.has(name)) continue
    const wanted = name === OWN ? OWN_KINDS[value] : value === '' ? KINDS[name] : undefined
    if (wanted === undefined) return undefined
    kind = wanted
  }
  return { path, kind }
}

/** The specifier that asks for this; one with a query of its own says already what it wants. */
export const specifierFor = (path: string, kind: Exclude<Kind, 'init'>): string =>
  kind === 'url' ? `${path}?url` : `${path}?${OWN}=${kind}`

/** The file of a specifier that ends in `ASSET`. */
export const assetFile = (specifier: string): string | undefined =>
  specifier.endsWith(ASSET) ? specifier.slice(0, -ASSET.length) : undefined
