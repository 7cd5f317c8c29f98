// Engines that only run outputs.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bun } from '../tools/install.ts'
import { pack, type ShellJob, type ShellResult } from './job.ts'

export const SHELLS = ['bun', 'quickjs'] as const
export type ShellName = (typeof SHELLS)[number]

const GUEST = join(import.meta.dirname, 'guest.js')
/** Milliseconds. */
const LIMIT = 30_000

/** QuickJS is the command `qjs` (Debian's package quickjs), or what the variable QJS names. */
const commandOf = (name: ShellName): readonly string[] =>
  name === 'bun' ? [bun() ?? 'bun'] : [process.env['QJS'] ?? 'qjs', '--std', '--module']

/** Whether the engine is here. */
export function hasShell(name: ShellName): boolean {
  const [command] = commandOf(name)
  return spawnSync(command!, ['--help']).error === undefined
}

let folder: string | undefined

function jobFile(): string {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'nowasm-shell-'))
    process.on('exit', () => rmSync(made, { recursive: true, force: true }))
    folder = made
  }
  return join(folder, 'job.json')
}

/** Does a job there. Throws if the engine does not end well. */
export function runInShell(name: ShellName, job: ShellJob): ShellResult {
  const path = jobFile()
  writeFileSync(path, JSON.stringify(job, pack))
  const [command, ...args] = commandOf(name)
  const { stdout, stderr, error, status } = spawnSync(command!, [...args, GUEST, path], {
    encoding: 'utf8',
    timeout: LIMIT,
  })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.slice(0, 500)}`)
  return JSON.parse(stdout) as ShellResult
}
