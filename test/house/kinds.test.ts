// Who must know a new kind of node or a new op is told by the compiler: in a copy of src one is added, and the files that
// do not compile any more are those listed here. A switch over kinds that fails open would be missing from the list.

import { describe, expect, test } from 'vitest'
import { compileErrors } from './compile-errors.ts'

/** The files that do not compile once `from` is `to` in one of them. */
const filesWithErrorsAfter = (file: string, from: string, to: string): string[] =>
  [...new Set(compileErrors([{ file, from, to }]).map((error) => error.file))].sort()

test('nothing fails as it is', () => expect(compileErrors([])).toEqual([]))

describe('a new kind', () => {
  test('of statement that holds no others', () => {
    const made = `export interface Fence extends LeafNode {\n  readonly kind: 'fence'\n}\nexport type Leaf = Fence | SetReg`
    expect(filesWithErrorsAfter('src/3-ir/ir.ts', 'export type Leaf = SetReg', made)).toMatchInlineSnapshot(`
      [
        "src/3-ir/leaves.ts",
        "src/3-ir/schema.ts",
        "src/3-ir/text.ts",
        "src/3-ir/verify/statements.ts",
        "src/3-ir/walk.ts",
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
        "src/3-ir/walk.ts",
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

describe('a new instruction', () => {
  const withRow = (name: string, like: string): string[] => {
    const row = `'${like}.add':`
    const type = `${like} ${like} -> ${like}`
    return filesWithErrorsAfter('src/0-wasm/ops/numeric.ts', row, `'${name}': [0xfe, '${type}', 'pure'],\n  ${row}`)
  }

  test('on i32', () =>
    expect(withRow('i32.average', 'i32')).toMatchInlineSnapshot(`
      [
        "src/3-ir/ops/facts.ts",
        "src/3-ir/ops/folds.ts",
        "src/6-emit/meanings.ts",
      ]
    `))
  test('on i64', () =>
    expect(withRow('i64.average', 'i64')).toMatchInlineSnapshot(`
      [
        "src/3-ir/ops/facts.ts",
        "src/3-ir/ops/folds.ts",
        "src/5-optimize/legalize/word-rules.ts",
        "src/6-emit/bigint.ts",
      ]
    `))
  test('on f64', () =>
    expect(withRow('f64.average', 'f64')).toMatchInlineSnapshot(`
      [
        "src/3-ir/ops/facts.ts",
        "src/6-emit/meanings.ts",
      ]
    `))
  test('on v128', () =>
    expect(
      filesWithErrorsAfter(
        'src/0-wasm/ops/simd.ts',
        "'i8x16.avgr_u':",
        "'i8x16.average': [0xfd_fff, 'v128 v128 -> v128', 'pure'],\n  'i8x16.avgr_u':",
      ),
    ).toMatchInlineSnapshot(`
      [
        "src/5-optimize/legalize/vectors/small.ts",
      ]
    `))
  test('of a type that depends on where it stands', () => {
    const made = `'select': [0x1b, '*', 'pure'],\n  'average': [0xfe, '*', 'pure'],`
    expect(
      filesWithErrorsAfter('src/0-wasm/ops/variable.ts', `'select': [0x1b, '*', 'pure'],`, made),
    ).toMatchInlineSnapshot(`
      [
        "src/2-validate/rules.ts",
        "src/4-lower/rules.ts",
      ]
    `)
  })
})

describe('the instructions of a new feature', () => {
  const withFeature = (state: string): string[] => {
    const row = `{ 'i32.parity': [0xfe_0ff, 'i32 -> i32', 'pure'], 'yield': [0xfe_0fe, '*', 'control'] } as const`
    const [feature, group, spread] = ["'mvp': [", "'tail-call': tailCall,", '  ...tailCall,']
    const changes = [
      { file: 'src/0-wasm/features.ts', from: feature, to: `'parity': ['${state}', 'on'],\n  ${feature}` },
      { file: 'src/0-wasm/ops/index.ts', from: group, to: `${group}\n  'parity': ${row},` },
      { file: 'src/0-wasm/ops/index.ts', from: spread, to: `${spread}\n  ...GROUPS.parity,` },
    ]
    return [...new Set(compileErrors(changes).map((error) => error.file))].sort()
  }

  test('have only types while it is validated and refused', () =>
    expect(withFeature('validated')).toMatchInlineSnapshot(`
      [
        "src/2-validate/rules.ts",
      ]
    `))
  test('have all there is when it is compiled', () =>
    expect(withFeature('compiled')).toMatchInlineSnapshot(`
      [
        "src/2-validate/rules.ts",
        "src/3-ir/ops/facts.ts",
        "src/4-lower/rules.ts",
        "src/6-emit/meanings.ts",
      ]
    `))
})
