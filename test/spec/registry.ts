// The instances of a script: the current one, the named ones, and those registered for import.

import type { Api } from './engine.ts'
import { spectest } from './spectest.ts'

/** Stands where an instance or definition should be that a failed command did not make. */
export class Missing {
  readonly line: number

  constructor(line: number) {
    this.line = line
  }
}

/** Thrown by a command that needs what the failed command at `root` should have made. */
export class Blocked extends Error {
  readonly root: number

  constructor(root: number) {
    super(`needs the module of line ${root}`)
    this.root = root
  }
}

type Made<T> = T | Missing

function present<T>(made: Made<T> | undefined, what: string): T {
  if (made === undefined) throw new Error(`the script names no ${what}`)
  if (made instanceof Missing) throw new Blocked(made.line)
  return made
}

export class Registry {
  readonly #api: Api
  readonly #definitions = new Map<string, Made<WebAssembly.Module>>()
  readonly #instances = new Map<string, Made<WebAssembly.Instance>>()
  readonly #missing = new Map<string, Missing>()
  readonly #imports: Record<string, unknown> = Object.create(null)
  #definition: Made<WebAssembly.Module> | undefined
  #current: Made<WebAssembly.Instance> | undefined

  constructor(api: Api) {
    this.#api = api
    this.#imports['spectest'] = spectest(api)
  }

  define(made: Made<WebAssembly.Module>, name: string | undefined): void {
    this.#definition = made
    if (name !== undefined) this.#definitions.set(name, made)
  }

  definition(name: string | undefined): WebAssembly.Module {
    return present(name === undefined ? this.#definition : this.#definitions.get(name), `definition ${name}`)
  }

  add(made: Made<WebAssembly.Instance>, name: string | undefined): void {
    this.#current = made
    if (name !== undefined) this.#instances.set(name, made)
  }

  instance(name: string | undefined): WebAssembly.Instance {
    return present(name === undefined ? this.#current : this.#instances.get(name), `instance ${name}`)
  }

  /** Makes the exports of an instance importable; a missing one blocks those who import from it. */
  register(as: string, name: string | undefined): void {
    const made = name === undefined ? this.#current : this.#instances.get(name)
    this.#missing.delete(as)
    if (made instanceof Missing) this.#missing.set(as, made)
    this.#imports[as] = made instanceof Missing ? {} : present(made, `instance ${name}`).exports
  }

  /** Whether every module name that `module` imports from is known; if not, the JS API throws a TypeError. */
  knows(module: WebAssembly.Module): boolean {
    return this.#api.Module.imports(module).every((entry) => entry.module in this.#imports)
  }

  instantiate(module: WebAssembly.Module): WebAssembly.Instance {
    for (const entry of this.#missing.size > 0 ? this.#api.Module.imports(module) : []) {
      const missing = this.#missing.get(entry.module)
      if (missing) throw new Blocked(missing.line)
    }
    return new this.#api.Instance(module, this.#imports as WebAssembly.Imports)
  }
}
