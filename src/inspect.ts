// What a module consists of, without compiling it.

import { CompileError } from './0-wasm/errors.ts'
import { externalTypeName } from './0-wasm/external.ts'
import { availableFeatures, type Feature, type FeatureChoice } from './0-wasm/features.ts'
import type { ExternKind, Module } from './0-wasm/module.ts'
import { CodeReader } from './1-decode/code.ts'
import { decode } from './1-decode/decode.ts'
import { validate } from './2-validate/index.ts'
import type { ExportInfo, ImportInfo } from './6-emit/program.ts'
import { checkFeatures } from './options.ts'

export interface FunctionSize {
  readonly index: number
  readonly name: string | undefined
  /** Size of the code entry in bytes. */
  readonly bytes: number
}

export interface Inspection {
  readonly bytes: number
  /** Why it cannot be compiled, as `compile` says it. */
  readonly refusal: string | undefined
  /** In the order in which WebAssembly got them. */
  readonly features: readonly Feature[]
  readonly imports: readonly ImportInfo[]
  readonly exports: readonly ExportInfo[]
  /** Payload sizes, in the module's order; custom sections with their own names. */
  readonly sections: readonly { readonly name: string; readonly custom: boolean; readonly bytes: number }[]
  /** How many functions have a body here. */
  readonly functions: number
  readonly largest: readonly FunctionSize[]
}

export interface InspectOptions {
  /** As `compile` takes them: which a module may use. */
  readonly features?: FeatureChoice
  /** How many of the largest functions are wanted. */
  readonly largest?: number
}

/** Describes a module without compiling it. Throws CompileError if it does not decode, and OptionsError for unknown features. */
export function inspect(bytes: Uint8Array, { features = {}, largest = 10 }: InspectOptions = {}): Inspection {
  checkFeatures(features)
  const module = decode(bytes)
  readAllCode(module)
  const refusal = refusalOf(bytes, features)
  const typeOf = (kind: ExternKind, index: number): string => {
    try {
      return externalTypeName(module, kind, index)
    } catch (error) {
      // A module that is not valid may export what it has not.
      if (refusal !== undefined) return 'unknown'
      throw error
    }
  }
  return {
    bytes: bytes.length,
    refusal,
    features: module.features.used,
    imports: module.imports.map(({ module: from, name, kind, index }) => ({
      module: from,
      name,
      kind,
      type: typeOf(kind, index),
    })),
    exports: module.exports.map(({ name, kind, index }) => ({ name, kind, type: typeOf(kind, index) })),
    sections: module.sections.map(({ id, name, start, end }) => ({ name, custom: id === 0, bytes: end - start })),
    functions: module.funcs.filter((func) => func.body).length,
    largest: largestFunctions(module, largest),
  }
}

function refusalOf(bytes: Uint8Array, features: FeatureChoice): string | undefined {
  try {
    validate(decode(bytes, availableFeatures(features)))
    return undefined
  } catch (error) {
    if (error instanceof CompileError) return error.message
    throw error
  }
}

/** Reading an instruction records its feature in the module; behind one that is only recognised no more is read. */
function readAllCode(module: Module): void {
  for (const { body } of module.funcs) {
    if (!body) continue
    const code = new CodeReader(module, body.start, body.end)
    try {
      code.locals()
      while (code.next());
    } catch (error) {
      if (!(error instanceof CompileError && error.kind === 'unsupported')) throw error
    }
  }
}

function largestFunctions(module: Module, count: number): FunctionSize[] {
  return module.funcs
    .map(({ body }, index) => ({ index, name: module.names.funcs.get(index), bytes: body ? body.end - body.start : 0 }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || a.index - b.index)
    .slice(0, count)
}
