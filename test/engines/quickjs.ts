// npm run test:engines: the specification suite's scalar folders in QuickJS, from modules compiled here, with both
// memory strategies. QuickJS is the command `qjs` (Debian's package quickjs), or what the variable QJS names.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EngineOptions, loadEngine } from '../spec/engine.ts'
import { Expectations } from '../spec/expected.ts'
import { Report } from '../spec/report.ts'
import type { Outcome, Script } from '../spec/script.ts'
import { findScripts, readScript, SUITE } from '../spec/suite.ts'
import { record } from './record.ts'

const QJS = process.env['QJS'] ?? 'qjs'
const FOLDERS = /^(core|core\/bulk-memory|core\/multi-memory|custom\/\w+)\/[^/]+$/
const GUEST = join(import.meta.dirname, 'guest.js')

/** The outcome of each command in QuickJS, in a process of its own. */
function replayThere(script: Script, modules: object, job: string): Outcome[] {
  writeFileSync(job, JSON.stringify({ script, modules }))
  const { stdout, stderr, status, error } = spawnSync(QJS, ['--std', '--module', GUEST, job], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    timeout: 300_000,
  })
  if (error) throw error
  if (status !== 0 || stdout === '') throw new Error(`${QJS} ended with ${status}: ${stderr.slice(0, 2000)}`)
  return JSON.parse(stdout) as Outcome[]
}

async function run(engine: EngineOptions['engine'], only: string, folder: string): Promise<boolean> {
  const options = { engine, optimize: 2 } as const
  const ours = await loadEngine({ ...options, native: false })
  const expectations = new Expectations(readFileSync('test/spec/expected-failures.txt', 'utf8'))
  const report = new Report()
  console.log(`${QJS}, ${ours.name}`)
  for (const { path, file } of findScripts(SUITE).filter((found) => FOLDERS.test(found.path))) {
    if (!path.includes(only)) continue
    const script = readScript(file)
    const outcomes = replayThere(script, record(script, ours, options), join(folder, 'job.json'))
    const judged = expectations.judge(path, outcomes)
    report.add(path, judged)
    for (const { line, type, message } of judged.unexpected) console.log(`${path}:${line} ${message} (${type})`)
  }
  console.log(`\n${report}\n`)
  return report.good && !report.empty
}

async function main(): Promise<number> {
  if (spawnSync(QJS, ['--help']).error) {
    console.error(`no QuickJS: install qjs, or name it in the variable QJS (tried ${QJS})`)
    return 2
  }
  if (!existsSync(SUITE)) {
    console.error(`no specification suite: ${SUITE}`)
    return 2
  }
  const folder = mkdtempSync(join(tmpdir(), 'nowasm-quickjs-'))
  try {
    const only = process.argv[2] ?? ''
    const jit = await run('jit', only, folder)
    const interpreter = await run('interpreter', only, folder)
    return jit && interpreter ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true })
  }
}

process.exitCode = await main()
