// What a run does with what its processes report.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compileModule } from '../../../src/compile.ts'
import { generate } from '../generate.ts'
import { Random } from '../random.ts'
import { observe } from '../rewrite/observe.ts'
import { chooseConfigurations, configurationName, settingsOf } from './configurations.ts'
import { type Case, readCase, writeCase } from './failure.ts'
import type { Found, ModuleReport } from './protocol.ts'
import { Run } from './run.ts'

const found = (signature: string): Found => ({
  path: `${signature}.json`,
  configurations: ['jit -O2', 'jit -O3'],
  text: '',
  signature,
})

const report = (index: number, failures: readonly Found[]): ModuleReport => ({
  kind: 'module',
  index,
  generator: 'words',
  modules: 1,
  tally: { executions: 10, stacks: 0, traps: 0, endless: 0 },
  skipped: [],
  found: failures,
})

const newRun = (more: object = {}): { run: Run; lines: string[] } => {
  const lines: string[] = []
  const options = { minutes: 1, only: undefined, reductions: 2, print: (line: string) => lines.push(line), ...more }
  return { run: new Run(options), lines }
}

describe('a run', () => {
  test('goes through the modules in order', () => {
    const { run } = newRun()
    expect([run.next(), run.next()]).toEqual([
      { index: 0, careful: false },
      { index: 1, careful: false },
    ])
  })

  test('ends when its time is over, and with the only module that was wanted', () => {
    expect(newRun({ minutes: 0 }).run.next()).toBeUndefined()
    const { run } = newRun({ only: 7 })
    expect([run.next(), run.next()]).toEqual([{ index: 7, careful: false }, undefined])
  })

  test('counts configurations that differ, and has one failure of a kind reduced', () => {
    const { run, lines } = newRun({ minutes: 0 })
    run.take(report(0, [found('a')]))
    run.take(report(1, [found('a')]))
    run.take(report(2, [found('b')]))
    run.take(report(3, [found('c')]))
    expect(run.totals.differences).toHaveLength(8)
    expect(`${run.totals}`).toContain('40 executions')
    expect(lines.join('\n')).toContain('jit -O2; jit -O3')
    expect([run.next(), run.next(), run.next()]).toMatchObject([{ reduce: 'a.json' }, { reduce: 'b.json' }, undefined])
  })

  test('tries what hung again with care, and tells the compiler from what hangs natively', () => {
    const { run } = newRun({ minutes: 0 })
    run.take({
      kind: 'lost',
      why: 'hung',
      status: '5 words  calling jit -O2, jit -O1',
      task: { index: 5, careful: false },
    })
    expect(run.totals.differences).toHaveLength(0)
    const task = run.next()!
    expect(task).toEqual({ index: 5, careful: true })
    run.take({ kind: 'lost', why: 'hung', status: '5 words  calling natively', task })
    expect(run.totals.differences).toHaveLength(0)
    expect(`${run.totals}`).toContain('1 hung natively')
    run.take({ kind: 'lost', why: 'died', status: '5 words  compiling jit -O2', task })
    expect(run.totals.differences).toHaveLength(1)
  })
})

describe('configurations', () => {
  test('are different ones, the same for the same seed', () => {
    const names = (seed: number) => chooseConfigurations(new Random(seed), 6).map(configurationName)
    for (const seed of [1, 2, 3]) expect(new Set(names(seed)).size).toBe(6)
    expect(names(1)).toEqual(names(1))
    expect(names(1)).not.toEqual(names(2))
  })

  test('have limits that change what comes out', () => {
    const { bytes } = generate(1, 150)
    const code = (limits: object): string =>
      compileModule(bytes, settingsOf({ options: { engine: 'jit', optimize: 2 }, limits })).chunks.join('')
    const usual = code({})
    for (const limits of [{ bytecode: 60 }, { height: 1, keptHeight: 0 }, { inlined: 300, growth: 20_000 }]) {
      expect(code(limits)).not.toBe(usual)
    }
    expect(code({ growth: 0 })).not.toBe(code({ inlined: 300, growth: 20_000 }))
  })
})

test('a failure is read as it was written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nowasm-failure-'))
  try {
    const subject = observe(generate(3, 20).bytes, { nans: 'arithmetic' })
    const [configuration] = chooseConfigurations(new Random(1), 1)
    const calls = [{ callee: 0, args: [1, -5n, 2n ** 63n] }]
    const written: Case = {
      subject,
      configuration: configuration!,
      calls,
      seed: 3,
      what: 'result',
      native: '1n',
      ours: 'two',
      origin: '--seed 1',
    }
    const { bytes, ...rest } = subject
    const path = writeCase(folder, 'name', written)
    const read = readCase(path)
    expect(read).toMatchObject({ ...written, subject: rest })
    expect(read.subject.bytes).toEqual(bytes)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
