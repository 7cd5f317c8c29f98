// What the runner asks of an engine. Both the native one and ours are a `WebAssembly` object.

import type { Limits } from '../../src/4-lower/limits.ts'
import type { Int64Option } from '../../src/options.ts'
import type { Command, Outcome } from './script.ts'

/** The part of the JS API that the scripts need. */
export interface Api {
  readonly Module: typeof WebAssembly.Module
  readonly Instance: typeof WebAssembly.Instance
  readonly Memory: typeof WebAssembly.Memory
  readonly Table: typeof WebAssembly.Table
  readonly Global: typeof WebAssembly.Global
  readonly CompileError: typeof WebAssembly.CompileError
  readonly LinkError: typeof WebAssembly.LinkError
  readonly RuntimeError: typeof WebAssembly.RuntimeError
  /** Absent where the engine has no exceptions. */
  readonly Exception?: new (
    ...args: never[]
  ) => object
  readonly Tag?: new (type: { parameters: readonly string[] }) => object
  /** Absent from Node 20. */
  readonly JSTag?: object
}

export interface Engine {
  readonly name: string
  readonly api: Api
  /** Features that make an assertion marked `superseded_by` pointless. */
  readonly features: ReadonlySet<string>
  /** Starts a thread, where the engine is tested with threads. */
  readonly startThread?: ThreadEngine['startThread']
  /** Whether an error is the one for a call stack that is full, if that is no RangeError. */
  readonly isExhaustion?: (error: unknown) => boolean
}

/** A thread of a script that has been started. */
export interface Thread {
  /** Waits for its end. @returns the outcomes of its commands */
  join(): readonly Outcome[]
}

/** An instance of a script that its thread sees: what of its exports can be handed to a thread. */
export interface SharedInstance {
  readonly name: string
  readonly exports: Readonly<Record<string, WebAssembly.Memory>>
}

export interface ThreadEngine extends Engine {
  readonly startThread: (commands: readonly Command[], shared: SharedInstance | undefined) => Thread
}

export interface EngineOptions {
  readonly native: boolean
  readonly engine: 'jit' | 'interpreter'
  readonly optimize: 0 | 1 | 2 | 3
  readonly i64?: Int64Option
  readonly limits?: Limits
  /** Functions are compiled when they are first called, and not ahead of time. */
  readonly lazy?: boolean
  /** Outputs are interpreted, as where text may not be evaluated. */
  readonly interpreted?: boolean
}

/** @returns the engine to test. Ours is loaded only when it is asked for. */
export async function loadEngine(options: EngineOptions): Promise<Engine> {
  if (options.native) return { name: 'native', api: WebAssembly as unknown as Api, features: new Set() }
  if (options.interpreted) return loadInterpreter(options)
  const { webAssemblyWith } = await import('../../src/webassembly/create.ts')
  const api = webAssemblyWith(
    { engine: options.engine, optimize: options.optimize, i64: options.i64 ?? 'auto', features: { all: true } },
    { limits: options.limits, verifies: true, compilesLazily: options.lazy ?? false },
  )
  const name = `nowasm --engine ${options.engine} -O${options.optimize}${options.lazy ? ', lazily' : ''}`
  return { name, api: api as unknown as Api, features: new Set(['multi-memory']) }
}

async function loadInterpreter({ limits }: EngineOptions): Promise<Engine> {
  const [{ compilerSource }, { namespaceOver }, { interpreted }] = await Promise.all([
    import('../../src/webassembly/compiler.ts'),
    import('../../src/webassembly/namespace.ts'),
    import('../../src/interpret/evaluator.ts'),
  ])
  const { CompileError } = await import('../../runtime/errors.ts')
  const source = compilerSource({ features: { all: true } }, CompileError, { limits, verifies: true }, interpreted)
  const api = namespaceOver(source, false) as unknown as Api
  return { name: 'nowasm, interpreted', api, features: new Set(['multi-memory']) }
}
