// Modules that are compiled when they are made.

import type { BuiltinChoice } from '../0-wasm/builtins.ts'
import { CompileError } from '../0-wasm/errors.ts'
import { externalKind } from '../0-wasm/external.ts'
import { compileModule } from '../compile.ts'
import { type Around, EVALUABLE, evaluate, type Instantiate } from '../evaluate.ts'
import { validate } from '../index.ts'
import { compileLazily } from '../lazy.ts'
import { completeOptions, type Internals, type Options, type Settings } from '../options.ts'
import type { Compiled, ModuleSource } from './source.ts'

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
    evaluate: (text) => evaluator.evaluate([text]),
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
    const lazy = options.compilesLazily === false ? undefined : compileLazily(bytes, options)
    const { chunks, imports, exports } = lazy ?? compileModule(bytes, options)
    // Where threads have the module for sure and it is compiled as a whole, the text is kept; else it is made when one posts it.
    const isForThreads = [...imports, ...exports].some(({ kind, type }) => kind === 'memory' && / shared\b/.test(type))
    const kept = isForThreads && lazy === undefined ? chunks : undefined
    return {
      bytes,
      provided,
      instantiate: evaluate(chunks, lazy),
      text: () => (kept ?? compileModule(bytes, options).chunks).join(''),
      imports: imports.map(({ module, name, kind }) => ({ module, name, kind: externalKind(kind) })),
      exports: exports.map(({ name, kind }) => ({ name, kind: externalKind(kind) })),
    }
  } catch (error) {
    if (error instanceof EvalError) throw new Refused(`unsupported: ${NO_EVAL}`)
    throw error instanceof CompileError ? new Refused(error.message) : error
  }
}
