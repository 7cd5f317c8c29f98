// Mistakes about ops and functions of the runtime do not compile: each is made in a copy, and the type checker finds it
// where it is made, or where something is missing then.

import { beforeAll, describe, expect, test } from 'vitest'
import { type Change, type CompileError, compileErrors } from './compile-errors.ts'
import { textOf, trackedFiles } from './tree.ts'

const TIMEOUT = 300_000

/** What each mistake is, and the line of the error if that is another one. */
const MISTAKES: Readonly<Record<string, Change & { readonly line?: string }>> = {
  'a misspelt op that a pass makes': {
    file: 'src/5-optimize/indices.ts',
    from: "operation('f64.element_index', [",
    to: "operation('f64.elementindex', [",
  },
  'a misspelt op that a pass asks for': {
    file: 'src/5-optimize/addresses.ts',
    from: "e.op === 'i32.shr_s'",
    to: "e.op === 'i32.shift_right'",
  },
  'a misspelt case': {
    file: 'src/5-optimize/dead/needed.ts',
    from: "case 'i32.extend8_s':",
    to: "case 'i32.extend8':",
  },
  'a misspelt op in a table of a pass': {
    file: 'src/5-optimize/constants/simplify.ts',
    from: "['f32.convert_i32_u', unlessNegative(",
    to: "['f32.convert_u32', unlessNegative(",
  },
  'a misspelt load': {
    file: 'src/5-optimize/legalize/accesses.ts',
    from: "load('i32.load', memory, addr, offset),",
    to: "load('i32.load32', memory, addr, offset),",
  },
  'an operand too few': {
    file: 'src/5-optimize/legalize/sums.ts',
    from: "operation('f64.mul', [convert, double(y.value / 4294967296)])",
    to: "operation('f64.mul', [convert])",
  },
  'an op on floats that does not say what it does with NaNs': {
    file: 'src/3-ir/ops/facts.ts',
    from: "'f64.sqrt': ['call', 'number'],",
    to: "'f64.sqrt': ['call'],",
  },
  'a meaning of too few operands': {
    file: 'src/6-emit/meanings.ts',
    from: "'i32.shl': shift('<<'),",
    to: "'i32.shl': extend(24),",
    line: 'MEANINGS satisfies Counted<typeof MEANINGS>',
  },
  'a meaning of too many operands': {
    file: 'src/6-emit/bigint.ts',
    from: "'i64.extend_i32_u': (rt, x) =>",
    to: "'i64.extend_i32_u': (rt, x, _) =>",
    line: 'BIGINT_MEANINGS satisfies Counted<typeof BIGINT_MEANINGS>',
  },
  'a misspelt runtime function that is a meaning': {
    file: 'src/6-emit/meanings.ts',
    from: "'i32.popcnt': 'i32_popcnt',",
    to: "'i32.popcnt': 'i32_popcount',",
  },
  'a misspelt runtime function that a meaning calls': {
    file: 'src/6-emit/meanings.ts',
    from: "rt('clz32', strip(x))",
    to: "rt('clz', strip(x))",
  },
  'a runtime function called with too few operands': {
    file: 'src/6-emit/meanings.ts',
    from: "rt('imul', strip(x), strip(y))",
    to: "rt('imul', strip(x))",
  },
  'a misspelt runtime function that an access calls': {
    file: 'src/6-emit/memory/typed-arrays.ts',
    from: "'i32.load8_u': 'slow_i32_load8_u',",
    to: "'i32.load8_u': 'slow_i32_load_u8',",
  },
  'a misspelt runtime function of instantiation': {
    file: 'src/6-emit/entities.ts',
    from: "i.call('func_import',",
    to: "i.call('function_import',",
  },
  'a misspelt runtime function of the boundary': {
    file: 'src/6-emit/values.ts',
    from: "call(use('i64_out'),",
    to: "call(use('i64_to_js'),",
  },
  'a misspelt runtime function that the linker needs': {
    file: 'src/7-link/data.ts',
    from: "runtime: 'data_chars' }",
    to: "runtime: 'data_characters' }",
  },
  'a misspelt runtime function of an instruction': {
    file: 'src/4-lower/rules.ts',
    from: "runtimeCall('memory_fill',",
    to: "runtimeCall('memory_set',",
  },
}

describe('a mistake', () => {
  let errors: readonly CompileError[] = []
  beforeAll(() => {
    errors = compileErrors(Object.values(MISTAKES))
  }, TIMEOUT)

  test.each(Object.entries(MISTAKES))('%s is an error', (_, { file, to, line }) => {
    const found = errors.filter(
      (error) => error.file === file && (line ? error.source === line : error.source.includes(to)),
    )
    expect(found.length).toBeGreaterThan(0)
  })

  test('has no consequences but where meanings are used', () => {
    const files = [...Object.values(MISTAKES).map(({ file }) => file), 'src/6-emit/module.ts']
    expect(errors.filter(({ file }) => !files.includes(file))).toEqual([])
  })
})

describe('new ops', () => {
  const ADDED = 'export const ADDED = {\n'
  const NUMERIC = 'export const numeric = {\n'
  const changes: Change[] = [
    {
      file: 'src/3-ir/ops/rows.ts',
      from: ADDED,
      to: `${ADDED}'i32.parity': ['i32 -> i32', 'pure'], 'i32.near_s': ['i32 -> i32', 'pure'], 'i32.near_u': ['i32 -> i32', 'pure'],`,
    },
    {
      file: 'src/0-wasm/ops/numeric.ts',
      from: NUMERIC,
      to: `${NUMERIC}'i64.parity': [0xfc_0ff, 'i64 -> i64', 'pure'],`,
    },
    // Not of a new op, but of another line than other mistakes of meanings.
    { file: 'src/6-emit/meanings.ts', from: "'f64.trunc': 'f64_trunc',", to: "'f64.trunc': 'f64_copysign'," },
  ]
  let errors: readonly CompileError[] = []
  beforeAll(() => {
    errors = compileErrors(changes)
  }, TIMEOUT)

  const messagesIn = (path: string): string[] =>
    errors.filter(({ file }) => file === path).map(({ message }) => message)

  test.each([
    ['facts', 'src/3-ir/ops/facts.ts', /i32\.parity/],
    ['facts, also if they are instructions', 'src/3-ir/ops/facts.ts', /i64\.parity/],
    ['meanings on words', 'src/6-emit/meanings.ts', /i32\.parity/],
    ['meanings on BigInts', 'src/6-emit/bigint.ts', /i64\.parity/],
    ['rules for the words of an i64', 'src/5-optimize/legalize/word-rules.ts', /i64\.parity/],
  ])('need %s', (_, file, name) => {
    expect(messagesIn(file).filter((message) => name.test(message)).length).toBeGreaterThan(0)
  })

  test('need to be listed if they have a signed and an unsigned form', () => {
    expect(messagesIn('src/3-ir/ops/families.ts').length).toBe(1)
  })

  test('need runtime functions of as many parameters', () => {
    const counted = errors.filter(({ source }) => source === 'MEANINGS satisfies Counted<typeof MEANINGS>')
    expect(counted.length).toBe(1)
  })
})

test('below the validator, nobody takes the names of ops apart but their table', () => {
  const sources = trackedFiles().filter((path) => /^src\/[3-7]-.*\.ts$/.test(path))
  const apart =
    /\bop\.(?:endsWith|startsWith|includes|indexOf|match|replace|slice|split|substring)\(|\.test\((?:\w+\.)?op\)/
  expect(sources.filter((path) => apart.test(textOf(path)))).toEqual(['src/3-ir/ops/index.ts'])
})
