// One engine: what it is, what it lacks, the suite and the programs on it.

import { fileURLToPath } from 'node:url'
import { output } from './commands.ts'
import { type Engine, INVENTORY, type Opened } from './engine.ts'
import type { Result } from './job.ts'
import type { PreparedProgram } from './programs.ts'
import { judge, type Prepared, runsNothing } from './script.ts'
import { add, emptyTally, merge, type Tally } from './tally.ts'
import { thereJobs } from './there-bundle.ts'

export interface Row {
  readonly engine: Engine
  readonly version: string
  readonly suite: Tally
  /** The suite with the compiler in the engine. */
  readonly there: Tally | undefined
  /** Programs that gave something else, with what. */
  readonly wrong: readonly string[]
  /** How many gave what the native engine gives. */
  readonly right: number
}

/** What is run. */
export interface Work {
  readonly scripts: readonly (Prepared & { readonly path: string })[]
  readonly programs: readonly PreparedProgram[]
  /** The folder that the compiler compiles in the engine, if that is wanted. */
  readonly folder: string | undefined
}

async function checkLacking({ lacks = [] }: Engine, opened: Opened): Promise<void> {
  const inventory = JSON.parse(await opened.run(INVENTORY)) as Record<string, boolean>
  const present = lacks.filter((name) => inventory[name])
  if (present.length > 0) throw new Error(`there is ${present.join(' and ')}`)
}

async function runSuite({ hasOneNaN = false }: Engine, opened: Opened, { scripts }: Work): Promise<Tally> {
  const tally = emptyTally()
  for (const prepared of scripts) {
    const { commands } = prepared.script
    try {
      const outcomes = judge(prepared, JSON.parse(await opened.run(prepared.job)) as Result[])
      add(tally, prepared.path, commands, outcomes, { hasOneNaN, counts: (command) => !runsNothing(command) })
    } catch (error) {
      const line = `${prepared.path}: ${(error as Error).message}`
      tally.failed.push(...commands.filter((command) => !runsNothing(command)).map(() => line))
    }
  }
  return tally
}

async function runPrograms(opened: Opened, { programs }: Work): Promise<string[]> {
  const wrong: string[] = []
  for (const { name, expected, job } of programs) {
    try {
      const result = JSON.parse(await opened.run(job)) as string
      if (result !== expected) wrong.push(`${name}: gives something else: ${difference(expected, result)}`)
    } catch (error) {
      wrong.push(`${name}: ${(error as Error).message}`)
    }
  }
  return wrong
}

function difference(expected: string, actual: string): string {
  let at = 0
  while (expected[at] === actual[at]) at++
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 40))
  return `${around(actual)} for ${around(expected)}`
}

async function runThere(engine: Engine, opened: Opened, folder: string): Promise<Tally | undefined> {
  if (engine.cannotCompile !== undefined) return undefined
  if (opened.node === undefined) return runBundled(engine, opened, folder)
  const { command, args: before, env } = opened.node
  const script = fileURLToPath(new URL('./there.js', import.meta.url))
  const args = [...before, script, folder, engine.variant.engine, ...(engine.hasOneNaN ? ['one-nan'] : [])]
  return JSON.parse(await output(command, args, env)) as Tally
}

async function runBundled(engine: Engine, opened: Opened, folder: string): Promise<Tally> {
  const { hasOneNaN = false, variant, lacks = [], compilerTarget = 'es2022' } = engine
  const how = lacks.includes('eval') ? 'interpreted' : variant.engine
  const tally = emptyTally()
  for await (const { first, job } of thereJobs(folder, { how, hasOneNaN }, compilerTarget)) {
    try {
      merge(tally, JSON.parse(await opened.run(job)) as Tally)
    } catch (error) {
      tally.failed.push(`${first} and those behind it: ${(error as Error).message}`)
    }
  }
  return tally
}

/** @throws an error that says why the engine is not there */
export async function runEngine(engine: Engine, work: Work): Promise<Row> {
  const opened = await engine.open()
  try {
    await checkLacking(engine, opened)
    const suite = await runSuite(engine, opened, work)
    const wrong = await runPrograms(opened, work)
    const there = work.folder === undefined ? undefined : await runThere(engine, opened, work.folder)
    return { engine, version: opened.version, suite, there, wrong, right: work.programs.length - wrong.length }
  } finally {
    await opened.close?.()
  }
}
