// The public API: `import { compile, validate } from 'nowasm'`.

import { CompileError } from './0-wasm/errors.ts'
import { availableFeatures } from './0-wasm/features.ts'
import { decode } from './1-decode/decode.ts'
import { withBuiltins } from './2-validate/builtins.ts'
import { validate as validateDecoded } from './2-validate/index.ts'
import type { ExportInfo, ImportInfo } from './6-emit/program.ts'
import { sourceMap } from './7-link/source-map.ts'
import { type Compiled, compileModule, compileSteps } from './compile.ts'
import { type Inspection, type InspectOptions, inspect as inspectModule } from './inspect.ts'
import { completeOptions, EXTENSIONS, type Options, type Progress } from './options.ts'
import { symbolize as inTermsOfWasm, readSymbols } from './stack-trace.ts'

export type { ErrorKind, Place } from './0-wasm/errors.ts'
export type { ExternKind } from './0-wasm/module.ts'
export { type FeatureChoice, type Options, OptionsError, type Progress } from './options.ts'
export type { ExportInfo, ImportInfo, Inspection, InspectOptions }
export { CompileError }

export interface Output {
  /** The JavaScript file. */
  readonly code: string
  /** Its source map, with option `sourceMap`. The file does not name it: that is left to who writes both. */
  readonly map?: string
  /** TypeScript declarations, with option `dts`. */
  readonly dts?: string
  /** Files that must stand beside it, by name: the data with option `data: 'file'`, the stub with `stub`. */
  readonly files: ReadonlyMap<string, Uint8Array | string>
  readonly imports: readonly ImportInfo[]
  readonly exports: readonly ExportInfo[]
  readonly warnings: readonly string[]
}

/**
 * Compiles a WebAssembly binary to JavaScript.
 * Throws CompileError for a module that is malformed, invalid or uses a feature that is not there, OptionsError for
 * options that cannot be, and TypeError for what is no bytes.
 */
export function compile(bytes: ArrayBuffer | ArrayBufferView, options: Partial<Options> = {}): Output {
  const complete = completeOptions(options)
  return outputOf(compileModule(viewOf(bytes), complete), complete)
}

/** An AbortSignal, or what is like one. */
interface Signal {
  throwIfAborted(): void
}

export interface AsyncOptions extends Partial<Options> {
  /** Ends the compilation: the promise is rejected with the signal's reason. */
  readonly signal?: Signal
  /** Called from time to time with how far it is. */
  readonly onProgress?: Progress
}

/**
 * `compile`, but other work of the thread has its turn every 16 ms or so. The bytes are copied at once. Rejects as `compile`
 * throws.
 */
export async function compileAsync(bytes: ArrayBuffer | ArrayBufferView, choices: AsyncOptions = {}): Promise<Output> {
  const { signal, onProgress, ...given } = choices
  signal?.throwIfAborted()
  const options = completeOptions(given)
  const steps = compileSteps(viewOf(bytes).slice(), options)
  try {
    for (let start = performance.now(); ; ) {
      const step = steps.next()
      if (step.done) return outputOf(step.value, options)
      onProgress?.(...step.value)
      if (performance.now() - start >= SLICE) {
        await new Promise((resolve) => setTimeout(resolve))
        start = performance.now()
      }
      signal?.throwIfAborted()
    }
  } finally {
    // Threads that help are stopped.
    steps.return(undefined as never)
  }
}

/** Milliseconds after which other work of the thread has its turn, once a step is done: 64 kB of code. */
const SLICE = 16

function outputOf(compiled: Compiled, { format, name }: Options): Output {
  const { chunks, mapping, files, dts, imports, exports, warnings } = compiled
  const names = { output: `${name}${EXTENSIONS[format]}`, source: `${name}.wasm` }
  return {
    code: chunks.join(''),
    ...(mapping && { map: [...sourceMap(mapping, chunks, names)].join('') }),
    ...(dts !== undefined && { dts }),
    files,
    imports,
    exports,
    warnings,
  }
}

/**
 * Whether the bytes are a valid module of which every feature is supported, and on. Throws TypeError for what is no bytes, and
 * OptionsError for options that cannot be.
 */
export function validate(
  bytes: ArrayBuffer | ArrayBufferView,
  options: Pick<Partial<Options>, 'features' | 'builtins' | 'importedStringConstants'> = {},
): boolean {
  const view = viewOf(bytes)
  const complete = completeOptions(options)
  try {
    const module = decode(view, availableFeatures(complete.features))
    validateDecoded(module)
    withBuiltins(module, complete)
    return true
  } catch (error) {
    if (error instanceof CompileError) return false
    throw error
  }
}

/**
 * What a module consists of, and whether it can be compiled, without compiling it: features, imports, exports, sections,
 * functions by size. Throws CompileError for what is malformed, OptionsError for features that are not known, and TypeError for
 * what is no bytes.
 */
export const inspect = (bytes: ArrayBuffer | ArrayBufferView, options: InspectOptions = {}): Inspection =>
  inspectModule(viewOf(bytes), options)

/**
 * A stack trace of an output, as any engine prints it, in terms of the Wasm module: `map` is the output's source map, or what the
 * command wrote with `--symbols`. Throws SyntaxError for anything else.
 */
export const symbolize = (trace: string, map: string): string => inTermsOfWasm(trace, readSymbols(map))

function viewOf(bytes: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (bytes instanceof Uint8Array) return bytes
  if (ArrayBuffer.isView(bytes)) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // Of any realm: tests of others run in one of their own.
  if (Object.prototype.toString.call(bytes) === '[object ArrayBuffer]') return new Uint8Array(bytes)
  throw new TypeError('the module must be an ArrayBuffer or a view of one')
}
