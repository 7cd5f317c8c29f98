// Names from the module are data: whatever they say, the output parses, works and runs none of them.

import { type Comment, parse } from 'acorn'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { compile, type Options } from '../../src/index.ts'
import { kindOf, namedModule } from './modules.ts'
import { MARKUP, NAMES } from './names.ts'

type Instantiate = (imports: object) => { readonly exports: Record<string, unknown> }

const FORMATS = [
  { format: 'esm', target: 'es2015' },
  { format: 'esm', target: 'esnext' },
  { format: 'cjs', target: 'es5' },
  { format: 'iife', target: 'es5' },
] as const
const VERSIONS = { es5: 5, es2015: 2015, es2020: 2020, esnext: 'latest' } as const
const CASES = FORMATS.flatMap((format) => [false, true].map((names) => ({ ...format, names })))

/** Loads an output of the format as its users would. */
async function load(code: string, format: Options['format']): Promise<Instantiate> {
  if (format === 'esm') {
    const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
    return (await import(/* @vite-ignore */ url)).instantiate
  }
  if (format === 'iife') return new Function(`${code}\nreturn output`)().instantiate
  const exports = {} as { instantiate: Instantiate }
  new Function('exports', 'module', code)(exports, { exports })
  return exports.instantiate
}

/** An object with null prototype whose properties are all its own, `__proto__` too. */
const record = (names: readonly string[], value: (name: string, i: number) => unknown): object =>
  names.reduce(
    (object, name, i) => Object.defineProperty(object, name, { value: value(name, i), enumerable: true }),
    Object.create(null) as object,
  )

const importsOf = (names: readonly string[]): object =>
  record(names, (name, i) => record([name], () => (x: number) => x * 1000 + i))

/** What an export should be like, by kind. */
function worth(value: unknown, i: number): unknown {
  if (typeof value === 'function') return [value(7), value.name] // 7000 + i, plus i
  const { buffer, length, value: number } = value as { buffer?: ArrayBuffer; length?: number; value?: number }
  return buffer ? buffer.byteLength : (number ?? length ?? i)
}

function expected(i: number, shift: number, count: number): unknown {
  const values = { func: [7000 + 2 * i, String(count + i)], global: i, memory: 65536, table: i }
  return values[kindOf(i, shift)]
}

function checkText(code: string, { format, target }: (typeof FORMATS)[number]): void {
  const comments: Comment[] = []
  const sourceType = format === 'esm' ? 'module' : 'script'
  parse(code, { ecmaVersion: VERSIONS[target], sourceType, onComment: comments })
  expect(comments.map(({ value }) => value).join()).not.toMatch(/pwned|script|sourceMapping/)
  expect(code).not.toMatch(/\p{Surrogate}/u)
  expect(code).not.toMatch(MARKUP)
}

const pwned = vi.fn()
beforeEach(() => void Object.assign(globalThis, { pwned: pwned.mockClear() }))
afterEach(() => void Reflect.deleteProperty(globalThis, 'pwned'))

describe.each(CASES)('$format $target, --names $names', (options) => {
  const check = async (names: readonly string[], shift: number): Promise<void> => {
    const { code } = compile(namedModule(names, shift), { ...options, name: 'output' })
    checkText(code, options)
    const { exports } = (await load(code, options.format))(importsOf(names))
    expect(Object.keys(exports).sort()).toEqual([...names].sort())
    for (const [i, name] of names.entries()) {
      expect(worth(exports[name], i), JSON.stringify(name)).toEqual(expected(i, shift, names.length))
    }
    expect(Object.getPrototypeOf(exports)).toBe(null)
    expect(Object.isFrozen(exports)).toBe(true)
    expect(pwned).not.toHaveBeenCalled()
  }

  const byName = NAMES.map((name) => [JSON.stringify(name).slice(0, 60), name] as const)
  // One by one where the names are written out; all together in every case.
  if (options.names && options.format !== 'cjs') test.each(byName)('%s', (_, name) => check([name], 0))

  test.each([0, 1, 2, 3])('all together, kinds turned by %i', (shift) => check(NAMES, shift))
})

test('the same names give the same text', () => {
  const text = (): string => compile(namedModule(NAMES, 0), { names: true }).code
  expect(text()).toBe(text())
})
