// What makes instances of a module: the native engine, and the compiler's output.

import { compileModule } from '../../../src/compile.ts'
import { evaluate, type Instantiate } from '../../../src/evaluate.ts'
import { interpreted } from '../../../src/interpret/evaluator.ts'
import { compileLazily } from '../../../src/lazy.ts'
import { createWebAssembly } from '../../../src/webassembly.ts'
import type { Api } from '../../spec/engine.ts'
import { twinOf } from '../rewrite/twin.ts'
import { type Configuration, settingsOf } from './configurations.ts'
import type { Program } from './instance.ts'

const NATIVE_API = WebAssembly as unknown as Api
const OUR_API = createWebAssembly() as unknown as Api

/** Throws a native CompileError if the engine refuses the module, or what stands for it there. */
export function nativeProgram(bytes: Uint8Array<ArrayBuffer>): Program {
  const module = new WebAssembly.Module(twinOf(bytes))
  const instantiate = (imports: unknown) => new WebAssembly.Instance(module, imports as WebAssembly.Imports)
  return { api: NATIVE_API, instantiate: instantiate as Instantiate }
}

/** Throws what the compiler throws. */
export function compiledProgram(bytes: Uint8Array, configuration: Configuration): Program {
  const settings = settingsOf(configuration)
  // However small the module is.
  const lazy = configuration.compilesLazily ? compileLazily(bytes, { ...settings, compilesLazily: true }) : undefined
  const { chunks } = lazy ?? compileModule(bytes, settings)
  const instantiate = configuration.isInterpreted ? interpreted.evaluate(chunks) : evaluate(chunks, lazy)
  return { api: OUR_API, instantiate }
}
