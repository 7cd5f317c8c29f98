// Scripts on another engine, which is this one: what is right passes there, and what is wrong fails.

import { describe, expect, test } from 'vitest'
import { ins } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'
import type { Command, Outcome, Script } from '../spec/script.ts'
import type { Result } from './job.ts'
import { isAboutNanBits } from './nan.ts'
import type { Variant } from './outputs.ts'
import { judge, prepare } from './script.ts'

const TYPES = ['i32', 'i64', 'f32', 'f64'] as const
const BITS = { i32: '4294967295', i64: '18446744073709551606', f32: '2139095041', f64: '9218868437227405313' }

function script(): Script {
  const builder = new ModuleBuilder()
  for (const type of TYPES) {
    builder.export(type, 'func', builder.func({ params: [type], results: [type] }, [], ins('local.get', 0)))
  }
  builder.export('trap', 'func', builder.func({ params: [], results: [] }, [], ins('unreachable')))
  const module_base64 = Buffer.from(builder.build()).toString('base64')
  const checks = TYPES.map((type, i): Command => {
    const action = { type: 'invoke', field: type, args: [{ type, value: BITS[type] }] } as const
    return { type: 'assert_return', line: i + 2, action, expected: [{ type, value: BITS[type] }] }
  })
  const trap = { type: 'invoke', field: 'trap', args: [] } as const
  const commands: Command[] = [
    { type: 'module', line: 1, module_type: 'binary', module_base64 },
    ...checks,
    { type: 'assert_trap', line: 9, action: trap },
  ]
  return { source_filename: '', commands }
}

/** What the job of a prepared script reports here. */
function report(job: string): Result[] {
  let text = ''
  new Function('report', job)((said: string) => {
    text = said
  })
  return JSON.parse(text) as Result[]
}

const results = (outcomes: readonly Outcome[]): string => outcomes.map(({ result }) => result).join()

describe.each<Variant>([
  { engine: 'jit', target: 'esnext' },
  { engine: 'interpreter', target: 'es5', words: true },
])('%o', (variant) => {
  const prepared = prepare(script(), variant)

  test('values come back with all their bits, and traps are RuntimeErrors', () => {
    expect(results(judge(prepared, report(prepared.job)))).toBe('passed,passed,passed,passed,passed,passed')
  })

  test('where BigInt is said to be missing there is none', () => {
    expect(JSON.stringify(prepared.operations).includes('bigint')).toBe(variant.words !== true)
  })

  test('another number, and another error, fail', () => {
    const good = report(prepared.job)
    const calls = prepared.operations.flatMap(([kind], i) => (kind === 'call' ? [i] : []))
    for (const call of calls) {
      const wrong = 'error' in good[call] ? { error: 'Error', message: 'unsupported' } : { value: 7 }
      const bad = good.map((result, i) => (i === call ? wrong : result))
      expect(judge(prepared, bad).filter(({ result }) => result === 'failed')).toHaveLength(1)
    }
    expect(calls).toHaveLength(5)
  })
})

test('which commands are about bits of NaNs', () => {
  const about = (message?: string) => script().commands.map((command) => isAboutNanBits(command, message))
  expect(about()).toEqual([false, false, false, true, true, false])
  expect(about('Error: got (0x1), expected ...')).toEqual(about())
  expect(about('Error: got (0x7fc00000), expected ...')).toEqual([false, true, true, true, true, false])
})
