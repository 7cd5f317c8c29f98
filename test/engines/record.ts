// Replays a script in this process and keeps what every module it makes compiles to, so that an engine without the
// compiler can replay it too.

import { CompileError, compile, type Options } from '../../src/index.ts'
import type { Engine } from '../spec/engine.ts'
import { replay } from '../spec/replay.ts'
import type { Script } from '../spec/script.ts'
import { type Accepted, keyOf, type Recording, type Refused } from './job.ts'

/** What `Accepted.code` asks for. */
const EVALUABLE = { format: 'iife', name: 'out', target: 'es2020' } as const

function compileModule(bytes: Uint8Array, options: Partial<Options>): Accepted | Refused {
  try {
    const { code, imports } = compile(bytes, { ...options, ...EVALUABLE })
    const kind = (name: string): WebAssembly.ImportExportKind =>
      name === 'func' ? 'function' : (name as WebAssembly.ImportExportKind)
    return {
      code,
      imports: imports.map((entry) => ({ module: entry.module, name: entry.name, kind: kind(entry.kind) })),
    }
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    return { error: error.message }
  }
}

/** @returns every module that a replay of the script makes, wrapper modules included */
export function record(script: Script, engine: Engine, options: Partial<Options>): Recording {
  const made: Recording = {}
  const { Module } = engine.api
  class Recorded extends Module {
    constructor(bytes: BufferSource) {
      const view = bytes as Uint8Array
      made[keyOf(view)] ??= compileModule(view, options)
      super(bytes)
    }
  }
  replay(script, { ...engine, api: { ...engine.api, ...classesOf(engine.api), Module: Recorded } })
  return made
}

/** The classes of an API object, which are no enumerable properties of it. */
const classesOf = ({ Instance, Memory, Table, Global, CompileError, LinkError, RuntimeError }: Engine['api']) => ({
  Instance,
  Memory,
  Table,
  Global,
  CompileError,
  LinkError,
  RuntimeError,
})
