// A module that also runs in another engine, from what was recorded natively.

import { decode } from '../../../src/1-decode/decode.ts'
import { compileModule } from '../../../src/compile.ts'
import { type Configuration, settingsOf } from '../net/configurations.ts'
import type { Call, Difference } from '../net/contest.ts'
import { importsOf } from '../net/host.ts'
import { Running } from '../net/instance.ts'
import { nativeProgram } from '../net/programs.ts'
import type { Subject } from '../rewrite/observe.ts'
import type { ShellJob } from './job.ts'
import { seen } from './job.ts'
import { runInShell, type ShellName } from './shells.ts'

export interface Sample {
  readonly subject: Subject
  readonly configuration: Configuration
  readonly calls: readonly Call[]
  readonly seed: number
}

/** Throws what the compiler throws, and if the native engine cannot instantiate the module. */
function jobOf({ subject, configuration, calls, seed }: Sample): ShellJob {
  const { bytes, ...rest } = subject
  const imports = importsOf(decode(bytes))
  const running = new Running(nativeProgram(bytes), subject, imports, seed)
  const expected: string[] = []
  for (const { callee, args } of calls) {
    running.call(subject.callees[callee]!, args)
    const now = seen(running, subject.memories.length)
    if (now === undefined) break
    expected.push(now)
  }
  const code = compileModule(bytes, settingsOf(configuration)).chunks.join('')
  return { code, subject: rest, imports, seed, calls: calls.slice(0, expected.length), expected }
}

/** @returns how many calls were the same there, and the first that was not */
export function trySample(shell: ShellName, sample: Sample): { executions: number; difference?: Difference } {
  const job = jobOf(sample)
  const { executions, got } = runInShell(shell, job)
  if (got === undefined) return { executions }
  const call = job.calls[executions]!
  const calls = job.calls.slice(0, executions + 1)
  return { executions, difference: { call, calls, what: `in ${shell}`, native: job.expected[executions]!, ours: got } }
}
