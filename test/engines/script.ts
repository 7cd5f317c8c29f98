// A script of the suite on another engine. The script's own course is found here, with outputs that run in this Node; the engine
// performs the same operations, and a second replay, of its results, says what became of each command.

import type { Engine } from '../spec/engine.ts'
import { replay } from '../spec/replay.ts'
import type { Command, Outcome, Script } from '../spec/script.ts'
import { Wrappers } from '../spec/wrapper.ts'
import { functionOf, GUEST, jobOf, type Operation, type Perform, type Result } from './job.ts'
import { Outputs, type Variant } from './outputs.ts'
import { remoteApi } from './remote.ts'

/** A script with what it takes to run it elsewhere. */
export interface Prepared {
  readonly script: Script
  readonly variant: Variant
  readonly outputs: Outputs
  readonly operations: readonly Operation[]
  /** What runs it, see `jobOf`. */
  readonly job: string
}

function replayed({ script, variant, outputs }: Omit<Prepared, 'job' | 'operations'>, perform: Perform): Outcome[] {
  const api = remoteApi(outputs, perform)
  const engine: Engine = { name: 'remote', api, features: new Set(['multi-memory']) }
  return replay(script, engine, new Wrappers(api, variant.words))
}

/** The guest in this process, whose outputs are those that are there when they are needed. */
function performHere(outputs: Outputs): Perform {
  const modules = new Proxy([], {
    get: (_, index) => new Function(`return (${functionOf(outputs.list[Number(index)].code)})()`),
  })
  return new Function(`${GUEST}\nreturn guest`)()(modules)
}

export function prepare(script: Script, variant: Variant): Prepared {
  const outputs = new Outputs(variant)
  const perform = performHere(outputs)
  const operations: Operation[] = []
  replayed({ script, variant, outputs }, (operation) => {
    operations.push(operation)
    return perform(operation)
  })
  const codes = outputs.list.map(({ code }) => code)
  return { script, variant, outputs, operations, job: jobOf(codes, operations) }
}

/** What an operation is, but for its imports: an import that the engine lacks is missing among those. */
const identity = (operation: Operation): string =>
  JSON.stringify(operation[0] === 'instantiate' ? operation.slice(0, 3) : operation)

/** The outcome of each command, by the results of the prepared operations. */
export function judge(prepared: Prepared, results: readonly Result[]): Outcome[] {
  const known = prepared.operations.map(identity)
  let at = 0
  return replayed(prepared, (operation) => {
    const found = known.indexOf(identity(operation), at)
    if (found < 0) throw new Error('the script takes another course there')
    at = found + 1
    return results[found]
  })
}

/** Commands of which nothing runs: what is refused is refused by the compiler, in whatever engine that is. */
export function runsNothing({ type }: Command): boolean {
  return /^assert_(invalid|malformed)|^module_definition|_custom$/.test(type)
}
