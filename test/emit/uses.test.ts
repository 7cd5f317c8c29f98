// What a function uses is known when it is emitted: alone, in any order, it gives the same text and the same uses, and the
// text names nothing that the uses do not.

import { parse } from 'acorn'
import { describe, expect, test } from 'vitest'
import { decode } from '../../src/1-decode/decode.ts'
import { validateModule } from '../../src/2-validate/module.ts'
import type { EmittedFunctions } from '../../src/6-emit/functions.ts'
import { emitContext } from '../../src/6-emit/module.ts'
import type { ModuleContext } from '../../src/6-emit/module-context.ts'
import { isSharedGlobal } from '../../src/6-emit/module-context.ts'
import { addUses, noUses, type Uses } from '../../src/6-emit/uses.ts'
import { freeNames } from '../../src/7-link/scope.ts'
import { rangeCompiler } from '../../src/functions.ts'
import { completeOptions, type Settings } from '../../src/options.ts'
import { generate } from '../fuzz/generate.ts'
import { wat } from '../wat.ts'

const MODULE = wat(`(module
  (type $t (func (param i32) (result i32)))
  (import "m" "f" (func $import (param i64) (result i64)))
  (import "m" "g" (global $shared (mut i64)))
  (memory 1) (table $t0 4 funcref) (table $t1 4 funcref)
  (global $own (mut i32) (i32.const 1)) (global $exported (export "e") (mut f64) (f64.const 1))
  (elem $e func $plain) (data $d "abc") (elem declare func $tail)
  (func $nothing)
  (func $plain (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func $accesses (param i32) (result f64)
    (i64.store8 (local.get 0) (i64.load offset=8 (local.get 0)))
    (f64.store offset=16 (local.get 0) (f64.load (local.get 0)))
    (f64.add (f64.load offset=24 (local.get 0)) (f64.promote_f32 (f32.load (local.get 0)))))
  (func $globals (param i64) (result i64)
    (global.set $shared (i64.add (global.get $shared) (local.get 0)))
    (global.set $own (i32.add (global.get $own) (i32.const 1)))
    (global.set $exported (f64.neg (global.get $exported)))
    (i64.extend_i32_u (global.get $own)))
  (func $calls (param i64) (result i64)
    (drop (call $accesses (i32.const 8)))
    (i64.mul (call $import (local.get 0)) (call $calls (i64.div_s (local.get 0) (i64.const 3)))))
  (func $tables (param i32) (result i32)
    (table.set $t1 (i32.const 0) (ref.func $tail))
    (call_indirect $t0 (type $t) (local.get 0) (i32.const 2)))
  (func $tail (param i32) (result i32) (return_call $liat (local.get 0)))
  (func $bulk
    (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)) (data.drop $d)
    (table.init $t1 $e (i32.const 0) (i32.const 0) (i32.const 1)) (elem.drop $e)
    (drop (memory.grow (memory.size))) (drop (table.size $t1)))
  (func $hash (param i64 i32) (result i64)
    (loop (local.set 0 (i64.mul (i64.xor (local.get 0) (i64.load (local.get 1))) (i64.const 0x100000001b3)))
      (br_if 0 (local.tee 1 (i32.sub (local.get 1) (i32.const 8)))))
    (local.get 0))
  (func $liat (param i32) (result i32) (return_call $tail (local.get 0))))`)

/** Functions, each emitted by itself. */
function oneByOne(context: ModuleContext, settings: Settings, order: (indices: number[]) => number[]) {
  const withCode = context.module.funcs.flatMap(({ body }, index) => (body === undefined ? [] : [index]))
  const emitted = order(withCode).map((index): [number, EmittedFunctions] => [
    index,
    rangeCompiler(context, settings)({ from: index, to: index + 1 }),
  ])
  const uses = noUses()
  for (const [, each] of emitted) addUses(uses, each.uses)
  emitted.sort(([a], [b]) => a - b)
  return { uses, text: emitted.flatMap(([, { chunks }]) => chunks).join(''), emitted }
}

const GLOBALS = ['Math', 'NaN', 'Infinity', 'BigInt', 'Uint8Array']

/** The name that a view is read from. */
function viewName({ access }: ModuleContext, view: string): string {
  const node = access.view(view)
  return node.type === 'MemberExpression' ? (node.object as { name: string }).name : (node as { name: string }).name
}

/** For each thing that is used the names that it may have in text. */
function namesOf(context: ModuleContext, uses: Uses): string[][] {
  const { names } = context
  const globalNames = (index: number): string[] =>
    isSharedGlobal(context, index) ? [names.globalObject(index)] : [names.global(index, 0), names.global(index, 1)]
  return [
    ...[...uses.runtime].map((name) => [name]),
    ...[...uses.views].map((view) => [viewName(context, view)]),
    ...[...uses.funcs].map((index) => [names.func(index)]),
    ...[...uses.globals].map(globalNames),
    ...[...uses.memories].map((index) => [names.memory(index)]),
    ...[...uses.tables].map((index) => [names.table(index)]),
    ...[...uses.calledTables].flatMap((index) => [[names.tableElems(index)], [names.tableIds(index)]]),
    ...[...uses.typeIds].map((index) => [names.typeId(index)]),
    ...[...uses.elems].map((index) => [names.elem(index)]),
    ...[...uses.datas].map((index) => [names.data(index)]),
  ]
}

function checkModule(bytes: Uint8Array, options: Partial<Settings>): void {
  const settings = completeOptions(options)
  const module = decode(bytes)
  validateModule(module)
  const all = rangeCompiler(emitContext(module, settings), settings)({ from: 0, to: module.funcs.length })
  const context = emitContext(module, settings)
  const forth = oneByOne(context, settings, (indices) => indices)
  const back = oneByOne(context, settings, (indices) => indices.reverse())
  const fresh = oneByOne(emitContext(module, settings), settings, (indices) => indices.reverse())
  for (const { text, uses } of [forth, back, fresh]) {
    expect(text === all.chunks.join('')).toBe(true)
    expect(uses).toEqual(all.uses)
  }
  for (const [index, { chunks, uses }] of back.emitted) {
    const program = parse(chunks.join(''), { ecmaVersion: 'latest' })
    const declared = new Set(program.body.map((node) => (node.type === 'FunctionDeclaration' ? node.id.name : '')))
    const free = new Set(freeNames(program).filter((name) => !declared.has(name) && !GLOBALS.includes(name)))
    const known = namesOf(context, uses)
    expect(
      [...free].filter((name) => !known.flat().includes(name)),
      `func ${index} names`,
    ).toEqual([])
    const unused = known.filter((either) => !either.some((name) => free.has(name) || declared.has(name)))
    expect(unused, `func ${index} uses`).toEqual([])
  }
}

describe('functions emitted one by one', () => {
  const WAYS: Partial<Settings>[] = [
    {},
    { names: true, optimize: 0 },
    { engine: 'interpreter' },
    { engine: 'interpreter', target: 'es5', format: 'cjs', optimize: 3 },
    { i64: 'bigint', optimize: 3 },
  ]
  test.each(WAYS)('give what they give together: %j', (options) => {
    checkModule(MODULE, options)
    for (let seed = 1; seed <= 6; seed++) checkModule(generate(seed, 40).bytes, options)
  })
})

test('uses are those of the function alone', () => {
  const settings = completeOptions({ optimize: 1 })
  const context = emitContext(decode(MODULE), settings)
  const usesOf = (name: string): Record<string, unknown[]> => {
    const [index] = [...context.module.names.funcs].find(([, each]) => each === name)!
    const { uses } = rangeCompiler(context, settings)({ from: index, to: index + 1 })
    return Object.fromEntries(
      Object.entries(uses).flatMap(([kind, used]) => (used.size === 0 ? [] : [[kind, [...used]]])),
    )
  }
  expect(usesOf('nothing')).toEqual({})
  expect(usesOf('tables')).toEqual({
    runtime: ['table_set', 'call_indirect_trap'],
    funcs: [7],
    tables: [1, 0],
    calledTables: [0],
    typeIds: [0],
  })
  expect(usesOf('tail')).toEqual({ runtime: ['tail_target', 'tail_call', 'tail_run'], funcs: [10], tails: [7] })
  expect(usesOf('globals')).toMatchObject({ globals: [0, 1, 2] })
  expect(usesOf('bulk')).toMatchObject({ memories: [0], tables: [1], elems: [0], datas: [0] })
})
