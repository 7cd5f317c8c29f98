// A module of which each function is compiled when it is first called. All of it is decoded and validated at once, so no
// error comes later, and no instance waits for functions that nobody calls.

import { withBuiltins } from './2-validate/builtins.ts'
import { validate } from './2-validate/index.ts'
import { FactsFinder } from './4-lower/facts/module-facts.ts'
import { canBeLazy, emitStubs, lazyText } from './6-emit/lazy.ts'
import { emitContext, ModuleEmitter } from './6-emit/module.ts'
import type { ModuleContext } from './6-emit/module-context.ts'
import { sanitize } from './6-emit/names.ts'
import type { ExportInfo, ImportInfo } from './6-emit/program.ts'
import { link } from './7-link/link.ts'
import { decodeFor } from './front-end.ts'
import { type CompileRange, codeSize, rangeCompiler } from './functions.ts'
import type { Settings } from './options.ts'

export interface LazyModule {
  /** The output without its functions: what it calls for the text of one is `FUNCTION_TEXT`. */
  readonly chunks: readonly string[]
  /** What makes a function, by index: `FUNCTION_TEXT` in what surrounds the output. Throws RangeError if the stack is full. */
  readonly functionText: (index: number) => string
  /** How many functions it has, and how long their code is. */
  readonly size: { readonly functions: number; readonly bytes: number }
  /** The bytes of its data segments: what it calls for them is `DATA`. */
  readonly data: Uint8Array
  readonly imports: readonly ImportInfo[]
  readonly exports: readonly ExportInfo[]
}

/**
 * Bytes of code below which it takes less time to compile all than to begin without: Node 20, a module of one function of 250
 * bytes 1.1 ms as a whole and 2.3 lazily, of ten such functions 2.5 and 1.5.
 */
const LEAST_CODE = 1500

/** Data need not become text, and bytes again, in the process that has it. */
const NO_DATA = new Uint8Array()

/**
 * Throws CompileError.
 * @returns undefined for what is compiled as a whole: very small modules, and where functions cannot be compiled lazily
 */
export function compileLazily(bytes: Uint8Array, given: Settings): LazyModule | undefined {
  const decoded = decodeFor(bytes, given)
  const settings = withoutVersions(given)
  const size = { functions: decoded.funcs.length, bytes: codeSize(decoded) }
  if (given.compilesLazily !== true && size.bytes < LEAST_CODE) return undefined
  if (!canBeLazy(settings)) return undefined
  const facts = settings.optimize > 0 ? new FactsFinder(decoded) : undefined
  validate(decoded, facts?.observe)
  const module = withBuiltins(decoded, settings)
  // A module with builtins calls something else.
  const found = module === decoded ? facts?.finish() : undefined
  const context = emitContext(module, { ...settings, isLazy: true }, found)
  const emitter = new ModuleEmitter(context)
  emitter.add(emitStubs(context))
  const program = emitter.finish()
  const { data, imports, exports } = program
  const { chunks } = link({ ...program, data: NO_DATA, runtime: 'all' }, settings)
  return { chunks, functionText: functionTexts(context, settings), size, data, imports, exports }
}

/** A version that runs instead of another one would be called by others: here functions are compiled one by one. */
const withoutVersions = (settings: Settings): Settings =>
  settings.i64 === 'both' ? { ...settings, i64: 'words' } : settings

/** Engines call the text so in stack traces: `at c3 (wasm-function[3]:leaf:1:61)`. */
function sourceUrl({ module: { names } }: ModuleContext, index: number): string {
  const name = names.funcs.get(index)
  return `\n//# sourceURL=wasm-function[${index}]${name === undefined ? '' : `:${sanitize(name)}`}`
}

function functionTexts(context: ModuleContext, settings: Settings): LazyModule['functionText'] {
  const texts: (string | undefined)[] = []
  let compile: CompileRange | undefined
  return (index) => {
    const known = texts[index]
    if (known !== undefined) return known
    // The stack may be full in the middle: nothing half done is used again.
    const range = compile ?? rangeCompiler(context, settings)
    compile = undefined
    const text = lazyText(context, index, range({ from: index, to: index + 1 })) + sourceUrl(context, index)
    compile = range
    texts[index] = text
    return text
  }
}
