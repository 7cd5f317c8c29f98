// Runs in another engine: does a job, and prints the result.
//
//     qjs --std --module guest.js JOB
//     bun guest.js JOB

import { api_constructors, api_js_tag } from '../../../runtime/constructors.ts'
import { CompileError, LinkError, RuntimeError } from '../../../runtime/errors.ts'
import type { Instantiate } from '../../../src/evaluate.ts'
import type { Api } from '../../spec/engine.ts'
import { type Program, Running } from '../net/instance.ts'
import { type ShellJob, type ShellResult, seen, unpack } from './job.ts'

declare const std: { loadFile(path: string): string; out: { puts(text: string): void } } | undefined
declare const scriptArgs: readonly string[]

async function readJob(): Promise<ShellJob> {
  if (typeof std === 'object') return JSON.parse(std.loadFile(scriptArgs[scriptArgs.length - 1]!), unpack) as ShellJob
  const { readFileSync } = await import('node:fs')
  return JSON.parse(readFileSync(process.argv.at(-1)!, 'utf8'), unpack) as ShellJob
}

function perform({ code, subject, imports, seed, calls, expected }: ShellJob): ShellResult {
  const api = {
    ...api_constructors(),
    JSTag: api_js_tag(),
    CompileError,
    LinkError,
    RuntimeError,
  } as unknown as Api
  const instantiate = new Function(`${code}\nreturn wasm.instantiate`)() as Instantiate
  const program: Program = { api, instantiate }
  const running = new Running(program, subject, imports, seed)
  for (const [i, { callee, args }] of calls.entries()) {
    running.call(subject.callees[callee]!, args)
    const got = seen(running, subject.memories.length)
    if (got === undefined) return { executions: i }
    if (got !== expected[i]) return { executions: i, got: `${got} ${running.ending === 'failed' ? running.value : ''}` }
  }
  return { executions: calls.length }
}

const result = JSON.stringify(perform(await readJob()))
if (typeof std === 'object') std.out.puts(result)
else console.log(result)
