// npm run test:spec: replays the specification suite and compares with expected-failures.txt.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { EngineOptions } from './engine.ts'
import { Expectations, type Judged } from './expected.ts'
import { replay } from './replay.ts'
import { Report } from './report.ts'
import { findScripts, readScript, SUITE } from './suite.ts'
import { loadThreadEngine } from './threads.ts'
import { RECOGNISED_FOLDERS, replayValidity, VALIDATED_FOLDERS } from './validity.ts'
import { Wrappers } from './wrapper.ts'

const USAGE = `usage: npm run test:spec -- [FOLDER] [options]
  FOLDER                    a folder of the suite, or one script (default ${SUITE})
  --engine jit|interpreter  memory strategy of the output (default jit)
  -O0 .. -O3                optimisation level (default 2)
  --lazy                    each function is compiled when it is first called
  --interpreted             outputs are interpreted, as where text may not be evaluated
  --native                  replay on the host's own WebAssembly, without expectations
  --validate-only           decode and validate the modules, and run nothing
  --only TEXT               scripts whose path contains TEXT
  --verbose                 every failure with its message, and the time of every script
A failure is printed as the line it would be in test/spec/expected-failures.txt.`

const SHOWN = 20

interface Settings extends EngineOptions {
  readonly folder: string
  readonly only: string
  readonly verbose: boolean
  readonly validateOnly: boolean
}

/** @returns undefined if the arguments make no sense */
function settings(args: string[]): Settings | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        engine: { type: 'string', default: 'jit' },
        optimize: { type: 'string', short: 'O', default: '2' },
        lazy: { type: 'boolean', default: false },
        interpreted: { type: 'boolean', default: false },
        native: { type: 'boolean', default: false },
        'validate-only': { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        only: { type: 'string', default: '' },
      },
    })
    const { engine, interpreted, lazy, native, verbose, only, 'validate-only': validateOnly } = values
    if ((engine !== 'jit' && engine !== 'interpreter') || !/^[0-3]$/.test(values.optimize)) return undefined
    const optimize = Number(values.optimize) as EngineOptions['optimize']
    return {
      engine,
      interpreted,
      lazy,
      native,
      verbose,
      validateOnly,
      only,
      optimize,
      folder: resolve(positionals[0] ?? SUITE),
    }
  } catch {
    return undefined
  }
}

function show(path: string, judged: Judged, milliseconds: number, verbose: boolean): void {
  const { unexpected, stale } = judged
  if (verbose) console.log(`${path}: ${judged.passed} passed, ${Math.round(milliseconds)} ms`)
  for (const { line, type, message } of unexpected.slice(0, verbose ? Infinity : SHOWN)) {
    console.log(`${path}:${line} ${message} (${type})`)
  }
  if (!verbose && unexpected.length > SHOWN) console.log(`${path}: ${unexpected.length - SHOWN} more`)
  for (const entry of stale) console.log(`passes now, remove from expected-failures.txt: ${entry}`)
}

async function run({ folder, only, verbose, ...options }: Settings): Promise<boolean> {
  const engine = await loadThreadEngine(options)
  const text = options.native ? '' : readFileSync('test/spec/expected-failures.txt', 'utf8')
  const expectations = new Expectations(text)
  const wrappers = new Wrappers(engine.api)
  const report = new Report()
  console.log(`${engine.name}, ${folder}`)
  for (const { path, file } of findScripts(folder).filter((found) => found.path.includes(only))) {
    const start = performance.now()
    const judged = expectations.judge(path, replay(readScript(file), engine, wrappers))
    report.add(path, judged)
    show(path, judged, performance.now() - start, verbose)
  }
  console.log(report.empty ? 'no scripts there' : `\n${report}`)
  return report.good && !report.empty
}

/** Whether a script is of those that are validated, or of a proposal that is recognised at least. */
const isValidated = (path: string): boolean =>
  [...VALIDATED_FOLDERS, ...RECOGNISED_FOLDERS].some((folder) => path.startsWith(`${folder}/`))

function runValidity({ folder, only, verbose }: Settings): boolean {
  const expectations = new Expectations('')
  const report = new Report()
  console.log(`validation, ${folder}`)
  for (const { path, file } of findScripts(folder).filter((found) => found.path.includes(only))) {
    if (!isValidated(path)) continue
    const start = performance.now()
    const judged = expectations.judge(path, replayValidity(readScript(file), path))
    report.add(path, judged)
    show(path, judged, performance.now() - start, verbose)
  }
  console.log(report.empty ? 'no scripts there' : `\n${report}`)
  return report.good && !report.empty
}

const chosen = settings(process.argv.slice(2))
if (chosen === undefined) console.error(USAGE)
const isGood = chosen !== undefined && (chosen.validateOnly ? runValidity(chosen) : await run(chosen))
process.exitCode = chosen === undefined ? 2 : isGood ? 0 : 1
