import { describe, expect, test, vi } from 'vitest'
import { CompileError, LinkError, RuntimeError } from '../../runtime/errors.ts'
import { foreign, trap, trapped, unreachable } from '../../runtime/traps.ts'

const thrown = (f: () => unknown): unknown => {
  try {
    f()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('error classes', () => {
  test.each([
    [RuntimeError, 'RuntimeError'],
    [LinkError, 'LinkError'],
    [CompileError, 'CompileError'],
  ] as const)('are like those of the engine (%#)', (Ours, name) => {
    const Native = WebAssembly[name]
    const error = new Ours('what')
    expect([error.name, error.message, String(error), Ours.name, Ours.length]).toEqual([
      name,
      'what',
      `${name}: what`,
      name,
      1,
    ])
    expect(error).toBeInstanceOf(Ours)
    expect(error).toBeInstanceOf(Native)
    expect(error).toBeInstanceOf(Error)
    expect(Ours('x')).toBeInstanceOf(Ours)
    expect(Object.hasOwn(new Ours(), 'message')).toBe(false)
    expect((new Ours('x', { cause: 5 }) as { cause?: unknown }).cause).toBe(5)
    expect(Object.getPrototypeOf(error)).toBe(Ours.prototype)
    expect(Ours.prototype.constructor).toBe(Ours)
    expect(Object.keys(Ours.prototype)).toEqual([])
    expect(error.stack).toMatch(`${name}: what\n`)
    const Mine = class extends Ours {}
    expect(new Mine('x')).toBeInstanceOf(Mine)
  })

  test('are one for all copies of the runtime', async () => {
    vi.resetModules()
    const other = await import('../../runtime/errors.ts')
    const { trap: other_trap } = await import('../../runtime/traps.ts')
    expect(other_trap).not.toBe(trap)
    expect(other.RuntimeError).toBe(RuntimeError)
  })
})

describe('traps', () => {
  test('are RuntimeErrors', () => {
    expect(trap('divide by zero')).toBeInstanceOf(RuntimeError)
    expect(unreachable().message).toBe('unreachable')
  })

  test('accesses outside of a view become one', () => {
    const view = new DataView(new ArrayBuffer(16))
    const bad = [
      () => view.getInt32(13, true),
      () => view.getFloat64(2 ** 33, true),
      () => view.setInt16(15, 1, true),
      () => view.setFloat32(2 ** 32 + 5, 1, true),
      () => view.getUint16(16, true),
    ]
    for (const access of bad) {
      const error = thrown(access)
      expect(error).toBeInstanceOf(RangeError)
      expect(trapped(error)).toBeInstanceOf(RuntimeError)
      expect((trapped(error) as Error).message).toBe('memory access out of bounds')
    }
  })

  test('which has the stack of the access', () => {
    const deepest = () => new DataView(new ArrayBuffer(1)).getInt32(8)
    const error = thrown(() => deepest())
    const { stack, name } = trapped(error) as Error
    expect(name).toBe('RuntimeError')
    expect(stack).toMatch(/^RuntimeError: memory access out of bounds\n.*getInt32.*\n.*deepest/)
  })

  test('and for which no hook is called before the stack is read', () => {
    const { prepareStackTrace } = Error
    const error = thrown(() => new DataView(new ArrayBuffer(1)).getInt32(8))
    const hook = vi.fn(() => 'a text')
    Object.assign(Error, { prepareStackTrace: hook })
    const trap = trapped(error) as Error
    const calls = hook.mock.calls.length
    const { stack } = trap
    Object.assign(Error, { prepareStackTrace })
    expect([calls, stack]).toEqual([0, 'a text'])
  })

  test.each([
    ['RangeError: MESSAGE\n  at f3', 'RuntimeError: memory access out of bounds\n  at f3'],
    ['RuntimeError: MESSAGE\n  at f3', 'RuntimeError: memory access out of bounds\n  at f3'],
    ['f3@app.mjs:1:2\nMESSAGE', 'f3@app.mjs:1:2\nMESSAGE'],
  ])('whatever the engine has written before: %j', (stack, text) => {
    const error = thrown(() => new DataView(new ArrayBuffer(1)).getInt32(8)) as Error
    const filled = (of: string): string => of.replace('MESSAGE', error.message)
    const wanted = filled(text)
    Object.defineProperty(error, 'stack', { value: filled(stack), writable: true })
    // V8 has this hook, and writes the text when the stack is read.
    const { prepareStackTrace } = Error
    Object.assign(Error, { prepareStackTrace: undefined })
    const { stack: made } = trapped(error) as Error
    Object.assign(Error, { prepareStackTrace })
    expect(made).toBe(wanted)
  })

  test('all else passes as it is', () => {
    const overflow = (): unknown => [overflow()]
    const others = [
      thrown(() => overflow()),
      new RangeError('x'),
      new Error('y'),
      5,
      null,
      undefined,
      new RuntimeError('z'),
    ]
    for (const error of others) expect(trapped(error)).toBe(error)
  })

  test("so does an exception of the host's, even if it looks like one of ours", () => {
    const error = thrown(() => new DataView(new ArrayBuffer(1)).getInt32(0))
    expect(foreign(error)).toBe(error)
    expect(trapped(error)).toBe(error)
    foreign(new Error('an earlier one'))
    expect(trapped(error)).toBeInstanceOf(RuntimeError)
  })
})
