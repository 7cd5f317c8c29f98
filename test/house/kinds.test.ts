// Who must know a new kind of node or a new op is told by the compiler: in a copy of src one is added, and the files that
// do not compile any more are those listed here. A switch over kinds that fails open would be missing from the list.

import { beforeAll, describe, expect, test } from 'vitest'
import { type Change, type CompileError, compileErrors, filesOf } from './compile-errors.ts'

/** The files that do not compile once `from` is `to` in one of them. */
const filesWithErrorsAfter = (file: string, from: string, to: string): string[] =>
  filesOf(compileErrors([{ file, from, to }]))

test('nothing fails as it is', () => expect(compileErrors([])).toEqual([]))

describe('a new kind', () => {
  test('of statement that holds no others', () => {
    const made = `export interface Fence extends LeafNode {\n  readonly kind: 'fence'\n}\nexport type Leaf = Fence | SetReg`
    expect(filesWithErrorsAfter('src/3-ir/ir.ts', 'export type Leaf = SetReg', made)).toMatchInlineSnapshot(`
      [
        "src/3-ir/schema.ts",
        "src/3-ir/text.ts",
        "src/3-ir/verify/statements.ts",
        "src/4-lower/copy.ts",
        "src/5-optimize/addresses.ts",
        "src/5-optimize/legalize/legalizer.ts",
        "src/5-optimize/liveness.ts",
        "src/5-optimize/structure.ts",
        "src/6-emit/control.ts",
        "src/6-emit/leaf.ts",
      ]
    `)
  })

  test('of statement that holds others', () => {
    const made = `export interface Attempt extends Statement {\n  readonly kind: 'attempt'\n}\nexport type Compound = Attempt | Block`
    expect(filesWithErrorsAfter('src/3-ir/ir.ts', 'export type Compound = Block', made)).toMatchInlineSnapshot(`
      [
        "src/3-ir/leaves.ts",
        "src/3-ir/schema.ts",
        "src/3-ir/statements.ts",
        "src/3-ir/text.ts",
        "src/3-ir/verify/statements.ts",
        "src/4-lower/copy.ts",
        "src/4-lower/flatten.ts",
        "src/5-optimize/addresses.ts",
        "src/5-optimize/legalize/legalizer.ts",
        "src/5-optimize/liveness.ts",
        "src/5-optimize/structure.ts",
        "src/6-emit/jumps.ts",
      ]
    `)
  })

  test('of expression', () => {
    const made = `export interface Lane extends Node {\n  readonly kind: 'lane'\n}\nexport type Expr =\n  | Lane\n  | RegRead`
    expect(filesWithErrorsAfter('src/3-ir/expr.ts', 'export type Expr =\n  | RegRead', made)).toMatchInlineSnapshot(`
      [
        "src/3-ir/bits/of-tree.ts",
        "src/3-ir/expressions.ts",
        "src/3-ir/schema.ts",
        "src/3-ir/text.ts",
        "src/3-ir/verify/expressions.ts",
        "src/5-optimize/facts/demand.ts",
        "src/5-optimize/legalize/expressions.ts",
        "src/6-emit/expression.ts",
      ]
    `)
  })
})

describe('a new type of value', () => {
  test('that is a number', () => {
    const from = `NumType = 'i32'`
    expect(filesWithErrorsAfter('src/0-wasm/types.ts', from, `NumType = 'f16' | 'i32'`)).toMatchInlineSnapshot(`
      [
        "src/0-wasm/canonical.ts",
        "src/3-ir/registers.ts",
        "src/6-emit/values.ts",
        "src/7-link/dts.ts",
        "src/cli/values.ts",
      ]
    `)
  })

  test('that is a reference', () => {
    const from = `AbstractHeapType =\n`
    expect(filesWithErrorsAfter('src/0-wasm/types.ts', from, `${from}  | 'string'\n`)).toMatchInlineSnapshot(`
      [
        "src/0-wasm/subtyping.ts",
        "src/6-emit/gc.ts",
        "src/6-emit/values.ts",
      ]
    `)
  })

  test('that JavaScript tells apart from others', () => {
    const from = `ValueKind = NumType`
    expect(filesWithErrorsAfter('src/6-emit/values.ts', from, `ValueKind = 'any' | NumType`)).toMatchInlineSnapshot(`
      [
        "src/6-emit/values.ts",
        "src/7-link/dts.ts",
      ]
    `)
  })

  test('that the runtime tells apart from others', () => {
    const from = `ReferenceLetter = 'F'`
    const to = `ReferenceLetter = 'A' | 'F'`
    expect(filesWithErrorsAfter('runtime/value-types.ts', from, to)).toMatchInlineSnapshot(`
      [
        "runtime/api-exception.ts",
        "runtime/api-table.ts",
        "runtime/constructors.ts",
        "runtime/global-types.ts",
        "runtime/imports.ts",
      ]
    `)
  })
})

/** The names in an error that says what is missing in a table. */
function missingIn({ message }: CompileError): string[] {
  const listed = / is missing the following properties from type .*: (.*)$/.exec(message)?.[1]
  if (listed?.includes(' more')) throw new Error(`not all are named: ${listed}`)
  const one = /^Property '(.*?)' is missing in type /.exec(message)?.[1]
  return (listed?.split(', ') ?? [one ?? '']).map((name) => name.replaceAll(/["']/g, ''))
}

// All at once, as the errors name them.
describe('a new instruction', () => {
  const row = (file: string, before: string, made: string): Change => ({
    file: `src/0-wasm/ops/${file}.ts`,
    from: before,
    to: `${made},\n  ${before}`,
  })
  const feature = (name: string, state: string, rows: string): Change[] => [
    { file: 'src/0-wasm/features.ts', from: "'mvp': [", to: `'${name}': ['${state}', 'on'],\n  'mvp': [` },
    row('index', "'tail-call': tailCall,", `'${name}': { ${rows} } as const`),
    row('index', '  ...tailCall,', `  ...GROUPS.${name}`),
  ]
  const CHANGES = [
    row('numeric', "'i32.add':", "'i32.average': [0xfe, 'i32 i32 -> i32', 'pure']"),
    row('numeric', "'i64.add':", "'i64.average': [0xfe, 'i64 i64 -> i64', 'pure']"),
    row('numeric', "'f64.add':", "'f64.average': [0xfe, 'f64 f64 -> f64', 'pure']"),
    row('simd', "'i8x16.avgr_u':", "'i8x16.average': [0xfd_fff, 'v128 v128 -> v128', 'pure']"),
    row('variable', "'select': [0x1b,", "'average': [0xfe, '*', 'pure']"),
    ...feature(
      'parity',
      'validated',
      "'i32.parity': [0xfe_0ff, 'i32 -> i32', 'pure'], 'yield': [0xfe_0fe, '*', 'control']",
    ),
    ...feature(
      'weight',
      'compiled',
      "'i32.weight': [0xfe_1ff, 'i32 -> i32', 'pure'], 'resume': [0xfe_1fe, '*', 'control']",
    ),
  ]

  let errors: readonly CompileError[] = []
  beforeAll(() => {
    errors = compileErrors(CHANGES)
  }, 60_000)

  const filesWithout = (...names: string[]): string[] =>
    filesOf(errors.filter((error) => missingIn(error).some((name) => names.includes(name))))

  test('on i32', () =>
    expect(filesWithout('i32.average')).toMatchInlineSnapshot(`
      [
        "src/3-ir/ops/facts.ts",
        "src/3-ir/ops/folds.ts",
        "src/6-emit/meanings.ts",
      ]
    `))
  test('on i64', () =>
    expect(filesWithout('i64.average')).toMatchInlineSnapshot(`
      [
        "src/3-ir/ops/facts.ts",
        "src/3-ir/ops/folds.ts",
        "src/5-optimize/legalize/word-rules.ts",
        "src/6-emit/bigint.ts",
      ]
    `))
  test('on f64', () =>
    expect(filesWithout('f64.average')).toMatchInlineSnapshot(`
      [
        "src/3-ir/ops/facts.ts",
        "src/6-emit/meanings.ts",
      ]
    `))
  test('on v128', () =>
    expect(filesWithout('i8x16.average')).toMatchInlineSnapshot(`
      [
        "src/5-optimize/legalize/vectors/small.ts",
      ]
    `))
  test('of a type that depends on where it stands', () =>
    expect(filesWithout('average')).toMatchInlineSnapshot(`
      [
        "src/2-validate/rules.ts",
        "src/4-lower/rules.ts",
      ]
    `))
  test('of a feature has only types while that is validated and refused', () =>
    expect(filesWithout('i32.parity', 'yield')).toMatchInlineSnapshot(`
      [
        "src/2-validate/rules.ts",
      ]
    `))
  test('of a feature has all there is when that is compiled', () =>
    expect(filesWithout('i32.weight', 'resume')).toMatchInlineSnapshot(`
      [
        "src/2-validate/rules.ts",
        "src/3-ir/ops/facts.ts",
        "src/4-lower/rules.ts",
        "src/6-emit/meanings.ts",
      ]
    `))
  test('is missed nowhere else', () => {
    const names = ['i32.average', 'i64.average', 'f64.average', 'i8x16.average', 'average']
    const others = ['i32.parity', 'yield', 'i32.weight', 'resume']
    expect(filesOf(errors)).toEqual(filesWithout(...names, ...others))
  })
})
