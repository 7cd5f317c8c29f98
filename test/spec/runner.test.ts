// The runner itself, on the host's engine: it passes what is right and fails what is not.

import { describe, expect, test } from 'vitest'
import { ins, opcode } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { loadEngine } from './engine.ts'
import { Expectations } from './expected.ts'
import { replay } from './replay.ts'
import type { Command, Outcome, Value } from './script.ts'

const native = await loadEngine({ native: true, engine: 'jit', optimize: 2 })

function moduleText(build: (builder: ModuleBuilder) => void): { module_type: 'binary'; module_base64: string } {
  const builder = new ModuleBuilder()
  build(builder)
  return { module_type: 'binary', module_base64: Buffer.from(builder.build()).toString('base64') }
}

/** A module whose export `id` returns its argument. */
const identity = (type: 'i32' | 'i64' | 'f32' | 'f64'): Command => ({
  type: 'module',
  line: 1,
  ...moduleText((b) => {
    b.export('id', 'func', b.func({ params: [type], results: [type] }, [], ins('local.get', 0)))
  }),
})

const run = (...commands: Command[]): Outcome[] => replay({ commands }, native)

/** Whether `id(arg)` passes for `expected`. */
function returns(type: 'i32' | 'i64' | 'f32' | 'f64', arg: string, expected: string): boolean {
  const value = (text: string): Value => ({ type, value: text })
  const action = { type: 'invoke', field: 'id', args: [value(arg)] } as const
  const outcomes = run(identity(type), { type: 'assert_return', line: 2, action, expected: [value(expected)] })
  return outcomes[1].result === 'passed'
}

describe('assert_return', () => {
  test.each([
    ['i32', '4294967295', '4294967295', true],
    ['i32', '4294967295', '4294967294', false],
    ['i64', '18446744073709551615', '18446744073709551615', true],
    ['i64', '1', '9223372036854775809', false],
    ['f32', '2141192192', 'nan:canonical', false],
    ['f32', '2143289344', 'nan:canonical', true],
    ['f32', '4290772992', 'nan:canonical', true],
    ['f32', '2143289345', 'nan:arithmetic', true],
    ['f32', '2139095041', 'nan:arithmetic', false],
    ['f32', '2139095041', '2139095041', true],
    ['f64', '9218868437227405313', '9218868437227405313', true],
    ['f64', '0', '9223372036854775808', false],
    ['f64', '9218868437227405313', 'nan:arithmetic', false],
    ['f64', '9221120237041090560', 'nan:canonical', true],
  ] as const)('%s %s is %s: %s', (type, arg, expected, passes) => {
    expect(returns(type, arg, expected)).toBe(passes)
  })
})

test('a function that returns fails assert_trap, assert_exhaustion and assert_exception', () => {
  const action = { type: 'invoke', field: 'id', args: [{ type: 'f64', value: '0' }] } as const
  const types = ['assert_trap', 'assert_exhaustion', 'assert_exception', 'action'] as const
  const outcomes = run(identity('f64'), ...types.map((type): Command => ({ type, line: 2, action })))
  expect(outcomes.map(({ result }) => result)).toEqual(['passed', 'failed', 'failed', 'failed', 'passed'])
})

test('a valid module fails assert_invalid, assert_unlinkable and assert_uninstantiable', () => {
  const text = moduleText((b) => void b.func({ params: [], results: [] }))
  const types = ['assert_invalid', 'assert_malformed', 'assert_unlinkable', 'assert_uninstantiable'] as const
  const outcomes = run(...types.map((type): Command => ({ type, line: 1, ...text })))
  expect(outcomes.map(({ result }) => result)).toEqual(['failed', 'failed', 'failed', 'failed'])
})

describe('expected failures', () => {
  const bad = moduleText((b) => void b.func({ params: [], results: ['i32'] }))
  const action = { type: 'invoke', field: 'x', args: [] } as const
  const outcomes = run(
    { type: 'module', line: 1, ...bad },
    { type: 'register', line: 2, as: 'M' },
    { type: 'assert_return', line: 3, action, expected: [] },
    { type: 'module', line: 4, ...moduleText((b) => void b.importFunc('M', 'x', { params: [], results: [] })) },
    { type: 'assert_trap', line: 5, action },
  )
  const judge = (text: string) => new Expectations(text).judge('a.json', outcomes)

  test('a module that fails takes along what needs it', () => {
    expect(judge('a.json:1 no result')).toMatchObject({ passed: 1, expected: 4, unexpected: [], stale: [] })
    expect(judge('a.json:* no result')).toMatchObject({ expected: 4, unexpected: [], stale: [] })
    expect(judge('').unexpected.map(({ line }) => line)).toEqual([1, 3, 4, 5])
  })

  test('an `unsupported` reason must be what the engine says', () => {
    expect(judge('a.json:1 unsupported: simd').unexpected).toHaveLength(4)
  })

  test('a line without a failure is stale', () => {
    expect(judge('a.json:* no result\na.json:2 a reason').stale).toEqual(['a.json:2 a reason'])
  })

  test('only well-formed lines', () => {
    expect(() => new Expectations('a.json:1')).toThrow('not an expectation')
  })
})

test('floats in instructions without a known result', () => {
  const text = moduleText((b) => {
    const code = [...ins('local.get', 0), ...opcode('i32.trunc_f32_s')]
    b.export('trunc', 'func', b.func({ params: ['f32'], results: ['i32'] }, [], code))
  })
  const action = { type: 'invoke', field: 'trunc', args: [{ type: 'f32', value: '2139095041' }] } as const
  const outcomes = run({ type: 'module', line: 1, ...text }, { type: 'assert_trap', line: 2, action })
  expect(outcomes[1].result).toBe('passed')
})
