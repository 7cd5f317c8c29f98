// The modules of `nowasm/aot`: those that outputs have registered, found by the bytes they were compiled from.

import { CompileError } from '../../runtime/errors.ts'
import { realm } from '../../runtime/realm.ts'
import { module_register, type RegisteredModule } from '../../runtime/registry.ts'
import type { BuiltinChoice } from '../0-wasm/builtins.ts'
import type { ExternalKind } from '../0-wasm/external.ts'
import { EMPTY, type Identity, readStub, stubOf } from '../7-link/stub.ts'
import type { Compiled, ModuleSource } from '../webassembly/source.ts'
import { digest, digestLater } from './digest.ts'
import { isValidProbe, readProbe } from './probes.ts'
import { readReexports } from './reexports.ts'

/** What makes modules of bytes that nothing was registered for; undefined of those that it knows nothing of either. */
export interface LastResort {
  readonly compile: (...given: Parameters<ModuleSource['compile']>) => Compiled | undefined
  readonly validate: (...given: Parameters<ModuleSource['validate']>) => boolean | undefined
}

/**
 * Registers an output, which has done so itself if it was compiled with `--register`.
 *
 * @param module what the output exports as `module`; throws TypeError for anything else
 * @param url the address that a loader streams the module from, relative to the page: the output takes the place of whatever is
 *   there. Throws TypeError for what is no address
 */
export type Register = (module: RegisteredModule, url?: string | { readonly href: string }) => void

/** Of a module that is so large that it is no function or two which a loader has made itself. */
const LARGE = 4096

const NOTHING_PROVIDED: BuiltinChoice = { builtins: [], importedStringConstants: undefined }

/** The modules that outputs of this realm have registered, as a source for one `WebAssembly` object. */
export class Registry implements ModuleSource {
  /** Modules by the address that loaders fetch them from. */
  readonly #addresses = new Map<string, RegisteredModule>()
  readonly #lastResort: LastResort | undefined
  #hasWarned = false

  constructor(lastResort: LastResort | undefined) {
    this.#lastResort = lastResort
  }

  readonly register: Register = (module, url) => {
    checkModule(module)
    const address = url === undefined ? undefined : absolute(typeof url === 'string' ? url : url.href)
    if (!registered().includes(module)) module_register(module)
    if (address !== undefined) this.#addresses.set(address, module)
  }

  readonly compile = (bytes: Uint8Array, provided: BuiltinChoice): Compiled => {
    const stub = readStub(bytes)
    const module = find(bytes, stub)
    if (module !== undefined) return compiledOf(module, bytes)
    if (stub !== undefined) return this.#refuse(stub, true)
    const made =
      readReexports(bytes, provided) ?? this.#lastResort?.compile(bytes, provided) ?? readProbe(bytes, provided)
    return made ?? this.#refuse(identityOf(bytes), false)
  }

  readonly validate = (bytes: Uint8Array, provided: BuiltinChoice): boolean => {
    const stub = readStub(bytes)
    if (find(bytes, stub) !== undefined) return true
    if (stub !== undefined) return false
    if (readReexports(bytes, provided) !== undefined) return true
    return this.#lastResort?.validate(bytes, provided) ?? isValidProbe(bytes, provided)
  }

  readonly prepare = async (bytes: Uint8Array): Promise<void> => {
    if (isLength(bytes.length)) await digestLater(bytes)
  }

  readonly atUrl = (url: string): Compiled | undefined => {
    const module = this.#addresses.get(url.replace(/#.*$/s, ''))
    return module && compiledOf(module, stubOf(EMPTY, module))
  }

  /** Says once on the console what to do: loaders tend to hide what they catch. */
  #refuse({ length, sha256 }: Identity, isStub: boolean): never {
    const which = `${length} bytes, SHA-256 ${sha256}${isStub ? '; this is its stub' : ''}`
    const what = `a module that was not compiled ahead of time (${which})`
    const remedy = 'compile it with `nowasm FILE.wasm --register -o FILE.mjs`, and import that first'
    if (length >= LARGE && !this.#hasWarned) {
      this.#hasWarned = true
      console.warn(`nowasm: ${what}: ${remedy}`)
    }
    throw new CompileError(`unsupported: ${what}: ${remedy}`)
  }
}

/** An output exports nothing as `module` if it was compiled without `--register`. */
function checkModule(module: Partial<RegisteredModule> | null | undefined): void {
  const { sha256, length, imports, exports, instantiate } = module ?? {}
  const isModule =
    typeof sha256 === 'string' &&
    typeof length === 'number' &&
    Array.isArray(imports) &&
    Array.isArray(exports) &&
    typeof instantiate === 'function'
  if (isModule) return
  const remedy = 'compile it with `nowasm FILE.wasm --register -o FILE.mjs`'
  throw new TypeError(`register wants what an output exports as \`module\`: ${remedy}`)
}

const registered = (): readonly RegisteredModule[] => realm.modules ?? []

/** Whether a registered module was compiled from so many bytes: mostly there is none, so that nothing is hashed. */
const isLength = (bytes: number): boolean => registered().some(({ length }) => length === bytes)

const identityOf = (bytes: Uint8Array): Identity => ({ sha256: digest(bytes), length: bytes.length })

function find(bytes: Uint8Array, stub: Identity | undefined): RegisteredModule | undefined {
  const wanted = stub ?? (isLength(bytes.length) ? identityOf(bytes) : undefined)
  return wanted && registered().find(({ sha256, length }) => sha256 === wanted.sha256 && length === wanted.length)
}

const compiledOf = (module: RegisteredModule, bytes: Uint8Array): Compiled => ({
  bytes,
  provided: NOTHING_PROVIDED,
  instantiate: module.instantiate,
  imports: module.imports.map(([from, name, kind]) => ({ module: from, name, kind: kind as ExternalKind })),
  exports: module.exports.map(([name, kind]) => ({ name, kind: kind as ExternalKind })),
})

function absolute(url: string): string {
  const { document, location } = globalThis as { document?: { baseURI: string }; location?: { href: string } }
  const base = document?.baseURI ?? location?.href
  const { href, hash } = base === undefined ? new URL(url) : new URL(url, base)
  return href.slice(0, href.length - hash.length)
}
