// Operations that have an operand several times: the table of ops knows them all, and nothing that grows is put there.

import { describe, expect, test } from 'vitest'
import { type IrOp, OPS } from '../../src/3-ir/ops/index.ts'
import { bigint } from '../../src/6-emit/bigint.ts'
import { call, id, type Node } from '../../src/6-emit/build.ts'
import type { CallRuntime, Meanings } from '../../src/6-emit/meaning.ts'
import { JIT_MEANINGS, MEANINGS } from '../../src/6-emit/meanings.ts'
import { compile, type Options } from '../../src/index.ts'
import { constant, ins, type NumName, opcode } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { type PlainNumeric, plainNumeric } from '../ops/plain.ts'

const runtime = ((name: string, ...args: Node[]) => call(id(name), args)) as CallRuntime

/** How often a variable is read in a tree of nodes. */
function count(tree: unknown, name: string): number {
  if (typeof tree !== 'object' || tree === null) return 0
  if ('type' in tree && tree.type === 'Identifier') return Number((tree as { name?: string }).name === name)
  return Object.values(tree).reduce<number>((sum, part) => sum + count(part, name), 0)
}

/** Numbers of the operands that an op's meaning has more than once. */
function repeatedIn(meanings: Meanings, op: IrOp): number[] {
  const meaning = meanings[op]!
  if (typeof meaning === 'string') return []
  const { params, byConstant } = OPS[op]
  const operands = params.map((_, i): Node => {
    const isConstant = i === params.length - 1 && byConstant !== 'never'
    return isConstant ? (params[i] === 'i64' ? bigint(7, 0) : { type: 'Literal', value: 2 }) : id(`operand${i}`)
  })
  const tree = meaning(runtime, ...operands)
  return params.flatMap((_, i) => (count(tree, `operand${i}`) > 1 ? [i] : []))
}

describe.each([
  ['for JIT compilers', JIT_MEANINGS],
  ['for interpreters', MEANINGS],
] as const)('meanings %s', (_, meanings) => {
  test.each(Object.keys(meanings) as IrOp[])('%s', (op) => {
    expect(OPS[op].repeated).toEqual(repeatedIn(meanings, op))
  })
})

const TO_I32: Record<NumName, number[]> = {
  i32: [],
  i64: opcode('i32.wrap_i64'),
  f32: opcode('i32.reinterpret_f32'),
  f64: opcode('i32.trunc_sat_f64_s'),
}
const FROM_I32: Record<NumName, number[]> = {
  i32: [],
  i64: opcode('i64.extend_i32_u'),
  f32: opcode('f32.reinterpret_i32'),
  f64: opcode('f64.convert_i32_u'),
}

/** Code of one function that computes with its parameter, as operand number `at`. */
function body({ name, params, result }: PlainNumeric, at: number): number[] {
  const operands = params.flatMap((type, i) => (i === at ? ins('local.get', 0) : constant(type, 7n)))
  const to = params[at]!
  return [...operands, ...opcode(name), ...(result === to ? [] : [...TO_I32[result], ...FROM_I32[to]])]
}

/** Characters of the output of a function that calls the other one so deep in one expression. */
function outputOf(type: NumName, code: readonly number[], depth: number, options: Partial<Options>): number {
  const builder = new ModuleBuilder()
  builder.memory({ min: 1 })
  const signature = { params: [type], results: [type] } as const
  const step = builder.func(signature, [], [...code])
  const calls = Array.from({ length: depth }, () => ins('call', step)).flat()
  builder.export('f', 'func', builder.func(signature, [], [...ins('local.get', 0), ...calls]))
  return compile(builder.build(), options).code.length
}

const CHAINS: [name: string, type: NumName, code: number[]][] = [
  ...plainNumeric.flatMap((op) =>
    op.params.map((type, at): [string, NumName, number[]] => [`${op.name}, operand ${at}`, type, body(op, at)]),
  ),
  ['i32.load', 'i32', [...ins('local.get', 0), ...ins('i32.load', 2, 4)]],
  ['i32.load8_u', 'i32', [...ins('local.get', 0), ...ins('i32.load8_u', 0, 4)]],
  ['i64.load', 'i64', [...ins('local.get', 0), ...opcode('i32.wrap_i64'), ...ins('i64.load', 0, 4)]],
  ['select', 'i32', [...constant('i32', 1n), ...constant('i32', 2n), ...ins('local.get', 0), ...opcode('select')]],
  ['i32.eqz', 'i32', [...ins('local.get', 0), ...opcode('i32.eqz')]],
]

describe.each([
  { engine: 'jit', optimize: 3 },
  { engine: 'jit', optimize: 3, i64: 'bigint' },
  { engine: 'interpreter', optimize: 3 },
] as const)('$engine $i64', (options) => {
  test.each(CHAINS)('calls within each other grow by their number: %s', (_, type, code) => {
    const [few, more, most] = [8, 16, 24].map((depth) => outputOf(type, code, depth, options)) as [
      number,
      number,
      number,
    ]
    expect(most - more).toBeLessThan(1.5 * (more - few) + 400)
  })
})
