// Runs in QuickJS: replays a script with modules that were compiled elsewhere, and prints the outcomes as JSON.
//
//     qjs --std --module guest.js JOB     where JOB is a file of { script, modules }

import { api_constructors } from '../../runtime/constructors.ts'
import { CompileError, LinkError, RuntimeError } from '../../runtime/errors.ts'
import type { Engine } from '../spec/engine.ts'
import { replay } from '../spec/replay.ts'
import { type Accepted, type Job, keyOf, type Recording } from './job.ts'
import { installShims } from './shims.ts'

declare const std: { loadFile(path: string): string; out: { puts(text: string): void } }
declare const scriptArgs: readonly string[]

type Instantiate = (imports?: object) => { readonly exports: object }

/** The classes Module and Instance over modules that are compiled already. */
function classes(modules: Recording) {
  const loaded = new WeakMap<object, { instantiate: Instantiate; imports: Accepted['imports'] }>()

  class Module {
    constructor(bytes: Uint8Array) {
      const found = modules[keyOf(bytes)]
      if (found === undefined) throw new Error('a module that was not compiled')
      if ('error' in found) throw new CompileError(found.error)
      const instantiate = new Function(`${found.code}\nreturn out.instantiate`)() as Instantiate
      loaded.set(this, { instantiate, imports: found.imports })
    }

    static imports(module: Module) {
      return loaded.get(module)!.imports
    }
  }

  class Instance {
    readonly exports: object

    constructor(module: Module, imports?: object) {
      this.exports = loaded.get(module)!.instantiate(imports).exports
    }
  }
  return { Module, Instance }
}

const { script, modules } = JSON.parse(std.loadFile(scriptArgs[scriptArgs.length - 1])) as Job
installShims()
const api = { ...classes(modules), ...api_constructors(), CompileError, LinkError, RuntimeError }
const engine: Engine = {
  name: 'quickjs',
  api: api as unknown as Engine['api'],
  features: new Set(['multi-memory']),
  isExhaustion: (error) => error instanceof Error && /^(InternalError|RangeError): .*(stack|call)/.test(String(error)),
}
std.out.puts(JSON.stringify(replay(script, engine)))
