// Modules that are compiled when they are made.

import type { BuiltinChoice } from '../0-wasm/builtins.ts'
import { CompileError } from '../0-wasm/errors.ts'
import { externalKind } from '../0-wasm/external.ts'
import { BANNER } from '../7-link/link.ts'
import { compileModule } from '../compile.ts'
import { type Around, EVALUABLE, evaluate, evaluatesDirectly, type Instantiate } from '../evaluate.ts'
import { validate } from '../index.ts'
import { compileLazily, type LazyModule } from '../lazy.ts'
import { completeOptions, type Internals, type Options, type Settings } from '../options.ts'
import { FunctionTexts } from './function-texts.ts'
import type { Compiled, Lazily, ModuleSource } from './source.ts'

/** What to do where the policy of a page, or an option of the engine, forbids what `nowasm/webassembly` needs. */
const NO_EVAL =
  'text may not be evaluated here; compile the module ahead of time with `nowasm FILE.wasm --register`, and use nowasm/aot, ' +
  'or nowasm/aot/interpreter for a small one'

type ErrorClass = new (message: string) => Error

/** What makes a program of the compiler's output. */
export interface Evaluator {
  /** For outputs that it takes. */
  readonly options: Partial<Options>
  readonly internals: Internals
  /** @param around what stands around the output of a module whose functions are compiled one by one */
  readonly evaluate: (chunks: readonly string[], around?: Around) => Instantiate
}

/**
 * @param options for all compilations
 * @param Refused the CompileError of the `WebAssembly` object
 */
export function compilerSource(
  options: Partial<Options>,
  Refused: ErrorClass,
  internals: Internals,
  evaluator: Evaluator = { options: EVALUABLE, internals: {}, evaluate },
): ModuleSource {
  const complete = {
    ...completeOptions({ ...options, ...evaluator.options }),
    ...internals,
    ...evaluator.internals,
  }
  const { features } = complete
  return {
    compile: (bytes, provided) => compile(bytes, { ...complete, ...provided }, provided, evaluator.evaluate, Refused),
    validate: (bytes, provided) => validate(bytes, { features, ...provided }),
    evaluate(text, bytes, lazily) {
      if (lazily === undefined) return evaluator.evaluate([text])
      return isLazy(complete) ? goOn(text, bytes, lazily, evaluator.evaluate) : undefined
    },
  }
}

function compile(
  bytes: Uint8Array,
  options: Settings,
  provided: BuiltinChoice,
  evaluate: Evaluator['evaluate'],
  Refused: ErrorClass,
): Compiled {
  try {
    const lazy = begin(bytes, options)
    const { chunks, imports, exports } = lazy ?? compileModule(bytes, options)
    // Where threads have the module for sure, the text is kept; else it is made again when one posts it.
    const isForThreads = [...imports, ...exports].some(({ kind, type }) => kind === 'memory' && / shared\b/.test(type))
    const kept = isForThreads ? chunks : undefined
    const compiled = {
      bytes,
      provided,
      text: () => (kept ?? (begin(bytes, options) ?? compileModule(bytes, options)).chunks).join(''),
      imports: imports.map(({ module, name, kind }) => ({ module, name, kind: externalKind(kind) })),
      exports: exports.map(({ name, kind }) => ({ name, kind: externalKind(kind) })),
    }
    if (lazy === undefined) return { ...compiled, instantiate: evaluate(chunks) }
    const { size, data } = lazy
    const texts = new FunctionTexts(lazy.functionText, size)
    return {
      ...compiled,
      instantiate: evaluate(chunks, { functionText: texts.text, data }),
      lazily: () => ({ options, size, data, store: texts.share() }),
    }
  } catch (error) {
    if (error instanceof EvalError) throw new Refused(`unsupported: ${NO_EVAL}`)
    throw error instanceof CompileError ? new Refused(error.message) : error
  }
}

const isLazy = ({ compilesLazily }: Settings): boolean => compilesLazily !== false && evaluatesDirectly()

const begin = (bytes: Uint8Array, options: Settings): LazyModule | undefined =>
  isLazy(options) ? compileLazily(bytes, options) : undefined

/** Nothing is decoded, until a function is called that no thread has compiled yet. */
function goOn(
  text: string,
  bytes: Uint8Array,
  { options, size, data, store }: Lazily,
  evaluate: Evaluator['evaluate'],
): Instantiate | undefined {
  // What another version compiles does not go with this text.
  if (!text.startsWith(BANNER)) return undefined
  let functionText: LazyModule['functionText'] | undefined
  const compile = (index: number): string => {
    functionText ??= again(text, bytes, options)
    return functionText(index)
  }
  return evaluate([text], { functionText: new FunctionTexts(compile, size, store).text, data })
}

/** Functions are made for one text around them: if it is another here, all of the module would be wrong. */
function again(text: string, bytes: Uint8Array, options: Settings): LazyModule['functionText'] {
  const lazy = begin(bytes, options)
  if (lazy?.chunks.join('') !== text) throw new Error('the module was posted by another build of nowasm')
  return lazy.functionText
}
