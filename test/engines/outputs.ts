// What is compiled for an engine, before it runs there.

import { CompileError, compile, type Options } from '../../src/index.ts'

/** How outputs are made for an engine, as one of the presets of `--for` would. */
export interface Variant {
  readonly engine: Options['engine']
  readonly target: Options['target']
  /** The engine has no BigInt: 64-bit integers come from and go to JavaScript as words. */
  readonly words?: boolean
}

export interface Output {
  /** Its number among those of a script. */
  readonly index: number
  readonly code: string
  readonly imports: readonly WebAssembly.ModuleImportDescriptor[]
  readonly exports: readonly { readonly name: string; readonly kind: string }[]
}

/** The modules of one script, compiled once each. */
export class Outputs {
  readonly #variant: Variant
  readonly #known = new Map<string, Output | CompileError>()
  readonly list: Output[] = []

  constructor(variant: Variant) {
    this.#variant = variant
  }

  /** @throws CompileError if the module is refused */
  of(bytes: Uint8Array): Output {
    const key = Buffer.from(bytes).toString('base64')
    const made = this.#known.get(key) ?? this.#compile(bytes)
    this.#known.set(key, made)
    if (made instanceof CompileError) throw made
    return made
  }

  #compile(bytes: Uint8Array): Output | CompileError {
    const { engine, target } = this.#variant
    try {
      const options = { engine, target, format: 'iife', name: 'out', features: { all: true } } as const
      const { code, imports, exports } = compile(bytes, options)
      const kind = (name: string) => (name === 'func' ? 'function' : name) as WebAssembly.ImportExportKind
      const output: Output = {
        index: this.list.length,
        code,
        imports: imports.map((entry) => ({ module: entry.module, name: entry.name, kind: kind(entry.kind) })),
        exports,
      }
      this.list.push(output)
      return output
    } catch (error) {
      if (error instanceof CompileError) return error
      throw error
    }
  }
}
