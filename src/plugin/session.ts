// One build's view of its `.wasm` files: what a specifier stands for, whichever bundler asks.

import { basename } from 'node:path'
import type { Framework } from './assets.ts'
import { Cache, type CompiledFile, defaultFolder } from './cache.ts'
import { completePluginOptions, type PluginOptions, type PluginSettings } from './options.ts'
import { reportLines } from './report.ts'
import type { Kind } from './requests.ts'
import { wrapperText } from './wrappers.ts'

export class Session {
  readonly #settings: PluginSettings
  readonly #cache: Cache
  /** What this build has asked for, by the names of the files. */
  readonly #compiled = new Map<string, CompiledFile>()
  readonly #files = new Set<string>()

  /** Throws OptionsError. */
  constructor(options: PluginOptions) {
    this.#settings = completePluginOptions(options)
    this.#cache = new Cache(this.#settings.cacheFolder ?? defaultFolder(), this.#settings.compile)
  }

  includes(file: string): boolean {
    return this.#settings.includes(file)
  }

  /** Whether a module is a wrapper, whose imports of a `.wasm` as such are the bundler's to give an address of. */
  isWrapper(path: string): boolean {
    return this.#cache.has(path)
  }

  /** Whether a file was asked for. */
  hasSeen(file: string): boolean {
    return this.#files.has(file)
  }

  /** The path of the module that stands for a file. Rejects with an error that names the file if it cannot be compiled. */
  async wrapper(file: string, kind: Kind, framework: Framework): Promise<string> {
    this.#files.add(file)
    const compiled = await this.#cache.compiled(file)
    if (!this.#compiled.has(basename(file))) this.#compiled.set(basename(file), compiled)
    const { mode, compile } = this.#settings
    // A default import of what has a default export is that.
    const isOwn = kind === 'default' && compiled.exports.some(({ name }) => name === 'default')
    return this.#cache.write(
      file,
      wrapperText(isOwn ? 'namespace' : kind, file, compiled, { mode, compile, framework }),
    )
  }

  /** Shows what was compiled since the last time. */
  report(): void {
    if (this.#settings.report) for (const line of reportLines(this.#compiled)) console.log(line)
    this.#compiled.clear()
  }
}
