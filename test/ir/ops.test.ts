// The table of ops says what is true, and all there is to say: its types are those of the instruction table, and its other
// facts are what the native engine and the emitter make of the ops.

import { describe, expect, test } from 'vitest'
import { isCompiled, type Op, type OpName, ops, table } from '../../src/0-wasm/ops/index.ts'
import { TRAP } from '../../src/3-ir/effects.ts'
import { ACCESSES } from '../../src/3-ir/ops/accesses.ts'
import { type IrOp, OPS, type OpFacts } from '../../src/3-ir/ops/index.ts'
import { ADDED } from '../../src/3-ir/ops/rows.ts'
import { call, id, type Node, num, stmt } from '../../src/6-emit/build.ts'
import type { Meaning, Meanings } from '../../src/6-emit/meaning.ts'
import { EXACT_MEANINGS, JIT_MEANINGS, MEANINGS } from '../../src/6-emit/meanings.ts'
import { Printer } from '../../src/6-emit/print.ts'
import { argument, bitsOf, carrier, fromBits, isArithmeticNan, isNan, toBits } from '../binary/bits.ts'
import { ins, type NumName, opcode } from '../binary/code.ts'
import { FEW } from '../binary/edges.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { type PlainNumeric, plainNumeric } from '../ops/plain.ts'
import { wat } from '../wat.ts'

const facts: readonly OpFacts[] = Object.values(OPS)
const added = Object.keys(ADDED) as (keyof typeof ADDED)[]

/** The facts on an instruction whose operands and result are numbers. */
const factsOf = ({ name }: PlainNumeric): OpFacts => OPS[name as IrOp]

describe('rows', () => {
  const computes = ({ type, effect, immediates }: Op): boolean =>
    type?.results.length === 1 && immediates.length === 0 && (effect === 'pure' || effect === 'trap')
  const instructions = ops.filter((op) => isCompiled(op) && computes(op))

  test('are the instructions that compute, and those that are added', () => {
    expect(facts.map(({ op }) => op).sort()).toEqual([...instructions.map(({ name }) => name), ...added].sort())
    // Of an instruction whose row has no type the op has one; immediates are operands.
    const withType = added.filter((op) => op in table && table[op as OpName][1] !== '*')
    for (const name of withType) {
      const { type, immediates } = ops.find((op) => op.name === name)!
      const words = { lane: 1, lanes: 4 }[immediates.join()]
      expect(OPS[name as IrOp].params).toEqual([...type!.params, ...new Array<string>(words!).fill('i32')])
      expect(OPS[name as IrOp].results).toEqual(type!.results)
    }
    expect(withType.length).toBe(15)
  })

  test('have the types and effects of the instruction table', () => {
    for (const { name, type, effect } of instructions) {
      const { params, results, own } = OPS[name as IrOp]
      expect({ name, params, results, own }).toEqual({ name, ...type, own: effect === 'trap' ? TRAP : 0 })
    }
  })

  test('on pairs of words follow from those on i64', () => {
    const pairs = facts.filter(({ op }) => /(^|_)pair[._]|_pair$/.test(op))
    expect(pairs.length).toBeGreaterThan(15)
    const words = (types: readonly string[]): string[] =>
      types.flatMap((type) => (type === 'i64' ? ['i32', 'i32'] : [type]))
    for (const { op, params, results, own } of pairs) {
      const long = OPS[op.replace('pair', 'i64') as IrOp]
      const isCount = op === 'pair.clz' || op === 'pair.ctz'
      expect({ op, params, own }).toEqual({ op, params: words(long.params), own: long.own })
      expect(results).toEqual(isCount ? ['i32'] : words(long.results))
    }
  })
})

/** An instruction on the native engine, from bits to bits; undefined where it traps. */
type Run = (...args: bigint[]) => bigint | undefined

const native = (() => {
  const builder = new ModuleBuilder()
  for (const { name, params, result } of plainNumeric) {
    const signature = { params: params.map(carrier), results: [carrier(result)] }
    const operands = params.flatMap((type, i) => [...ins('local.get', i), ...fromBits(type)])
    builder.export(name, 'func', builder.func(signature, [], [...operands, ...opcode(name), ...toBits(result)]))
  }
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(builder.build()))
  return exports as Record<string, (...args: (number | bigint)[]) => number | bigint>
})()

const runOf =
  ({ name, params, result }: PlainNumeric): Run =>
  (...args) => {
    try {
      return bitsOf(result, native[name]!(...args.map((bits, i) => argument(params[i]!, bits))))
    } catch (e) {
      if (e instanceof WebAssembly.RuntimeError) return undefined
      throw e
    }
  }

const RUNS = new Map(plainNumeric.map((op) => [op.name as IrOp, runOf(op)]))

/** All NaNs as one: which of them arithmetic gives is the engine's choice. */
const arithmetic = (type: NumName, bits: bigint | undefined): bigint | string | undefined =>
  bits !== undefined && isNan(type, bits) && isArithmeticNan(type as 'f32' | 'f64', bits) ? 'nan' : bits

const pairsOf = (type: NumName): [bigint, bigint][] =>
  FEW[type].flatMap((x) => FEW[type].map((y): [bigint, bigint] => [x, y]))

/** Instructions on two operands of one type. */
const onTwo = plainNumeric.filter(({ params: [a, b, c] }) => a === b && c === undefined)
/** Whether one gives the same as another, on all pairs of edge values. */
const agree = (x: PlainNumeric, one: Run, other: Run): boolean =>
  pairsOf(x.params[0]!).every(([a, b]) => arithmetic(x.result, one(a, b)) === arithmetic(x.result, other(a, b)))

const swap =
  (run: Run): Run =>
  (a, b) =>
    run(b!, a!)
const opposite =
  (run: Run): Run =>
  (...args) =>
    run(...args) === 0n ? 1n : 0n

describe('operands in the other order, and opposites', () => {
  test('there are instructions to try', () => expect(onTwo.length).toBeGreaterThan(70))

  test.each(onTwo.map((op) => [op.name, op] as const))('%s', (_, op) => {
    const { commutes, swapped, negation, isComparison, isTruth, type } = factsOf(op)
    const run = RUNS.get(op.name as IrOp)!
    expect(commutes).toBe(agree(op, run, swap(run)))
    const others = onTwo.filter(({ params }) => params[0] === op.params[0])
    const same = others.filter((other) => agree(op, run, swap(RUNS.get(other.name as IrOp)!)))
    expect([swapped].filter(Boolean)).toEqual(same.map(({ name }) => name))
    const truths = isTruth ? others.filter((other) => factsOf(other).isTruth) : []
    const opposites = truths.filter((other) => agree(op, run, opposite(RUNS.get(other.name as IrOp)!)))
    expect([negation].filter(Boolean)).toEqual(opposites.map(({ name }) => name))
    expect(isComparison).toBe(type === 'i32' && isTruth)
  })
})

/** Edge values of the operands, in all combinations. */
const combinations = ({ params }: PlainNumeric): bigint[][] =>
  params.reduce<bigint[][]>((all, type) => all.flatMap((args) => FEW[type].map((bits) => [...args, bits])), [[]])

describe('results', () => {
  test.each(plainNumeric.map((op) => [op.name, op] as const))('%s', (_, op) => {
    const results = combinations(op).map((args) => RUNS.get(op.name as IrOp)!(...args))
    const { isTruth, own } = factsOf(op)
    expect(isTruth).toBe(op.result === 'i32' && results.every((bits) => bits === 0n || bits === 1n))
    expect(own).toBe(results.includes(undefined) ? TRAP : 0)
  })
})

describe('signed and unsigned forms', () => {
  const signed = plainNumeric.filter((op) => factsOf(op).signed === op.name)

  test('are two, and the other way round the same', () => {
    expect(signed.length).toBeGreaterThan(25)
    for (const { op, signed, unsigned } of facts.filter((each) => each.signed !== undefined)) {
      expect([signed, unsigned]).toContain(op)
      expect(OPS[signed!].unsigned).toBe(unsigned)
      expect(OPS[unsigned!].signed).toBe(signed)
      expect(OPS[signed!].params).toEqual(OPS[unsigned!].params)
    }
  })

  test.each(signed.map((op) => [op.name, op] as const))('%s', (_, op) => {
    const [run, other] = [RUNS.get(op.name as IrOp)!, RUNS.get(factsOf(op).unsigned!)!]
    const isSmall = (bits: bigint, i: number): boolean => {
      const type = op.params[i]!
      if (type === 'i32' || type === 'i64') return bits < 1n << (carrier(type) === 'i32' ? 31n : 63n)
      return type === 'f64' ? bits <= 0x41dfffffffc00000n : bits < 0x4f000000n
    }
    const all = combinations(op)
    expect(all.filter((args) => args.every(isSmall) && run(...args) !== other(...args))).toEqual([])
    expect(all.some((args) => run(...args) !== other(...args))).toBe(true)
  })
})

describe('constants', () => {
  const foldable = plainNumeric.filter((op) => factsOf(op).fold !== undefined)
  const word = (bits: bigint): number => Number(BigInt.asIntN(32, bits))

  test.each(foldable.map((op) => [op.name, op] as const))('%s', (_, op) => {
    const run = RUNS.get(op.name as IrOp)!
    const { fold, rightIdentity } = factsOf(op)
    for (const [a, b] of pairsOf('i32')) expect(fold!(word(a), word(b)) | 0).toBe(word(run(a, b)!))
    const isIdentity = (b: bigint): boolean => FEW.i32.every((a) => run(a, b) === a)
    const identities = FEW.i32.filter(isIdentity).map(word)
    if (rightIdentity !== undefined) expect(identities).toContain(rightIdentity)
  })

  test('are folded by all that compute an i32 of two and cannot trap', () => {
    const all = onTwo.filter((op) => op.params[0] === 'i32' && op.result === 'i32' && factsOf(op).own === 0)
    expect(foldable).toEqual(all)
  })
})

const isFloat = (type: NumName): type is 'f32' | 'f64' => type === 'f32' || type === 'f64'

describe('NaNs', () => {
  const onFloats = plainNumeric.filter(({ params, result }) => [...params, result].some(isFloat))
  /** NaNs that differ in the payload only, and integers that are such bits. */
  const nans = { f32: [0x7fc00000n, 0x7fc00001n, 0x7fe12345n], f64: [0x7ff8000000000000n, 0x7ff8000000000001n] }
  const own = { f32: [0x7f800001n, 0x7fa00000n], f64: [0x7ff0000000000001n, 0x7ff4000000000000n] }
  const argsOf = (op: PlainNumeric, bits: { readonly f32: bigint[]; readonly f64: bigint[] }): bigint[][] =>
    op.params.reduce<bigint[][]>(
      (all, type) => all.flatMap((args) => bits[carrier(type) === 'i32' ? 'f32' : 'f64'].map((one) => [...args, one])),
      [[]],
    )

  test.each(onFloats.map((op) => [op.name, op] as const))('%s', (_, op) => {
    const { readsNan, makesNan, movesNan } = factsOf(op)
    const run = RUNS.get(op.name as IrOp)!
    const { params, result } = op
    if (isFloat(result)) {
      const made = argsOf(op, own).map((args) => run(...args)!)
      expect(makesNan).toBe(made.some((bits) => isNan(result, bits) && !isArithmeticNan(result, bits)))
      const top = result === 'f32' ? 31n : 63n
      const keeps = (bits: bigint): boolean => BigInt.asUintN(Number(top), run(bits)!) === bits
      expect(movesNan).toBe(params.length === 1 && params[0] === result && own[result].every(keeps))
    }
    if (!params.some(isFloat)) return expect(readsNan).toBe(false)
    const results = argsOf(op, nans).map((args) => arithmetic(result, run(...args)))
    const bits = isFloat(result) ? argsOf(op, own).map((args) => arithmetic(result, run(...args))) : []
    expect(readsNan).toBe(new Set([...results, ...bits]).size > 1)
  })

  test('that are moved have runtime functions for their bits', () => {
    const moved = facts.filter(({ movesNan }) => movesNan).map(({ op }) => op)
    expect(Object.keys(EXACT_MEANINGS).sort()).toEqual(moved.sort())
  })
})

describe('loads and stores', () => {
  const loads = Object.values(ACCESSES).filter(({ op }) => op.includes('load'))
  const text = loads
    .filter(({ type }) => type === 'i32' || type === 'i64')
    .map(({ op, type }) => `(func (export "${op}") (result ${type}) (${op} (i32.const 0)))`)
  const module = wat(`(module (memory 1) (data (i32.const 0) "\\ff\\ff\\ff\\ff\\ff\\ff\\ff\\ff") ${text.join('\n')})`)
  const loaded = new WebAssembly.Instance(new WebAssembly.Module(module)).exports as Record<
    string,
    () => number | bigint
  >

  test('are those of the instruction table', () => {
    const isWhole = ({ feature, width }: Op): boolean => feature !== 'simd' || width === 16
    const accesses = ops.filter((op) => isCompiled(op) && op.immediates[0] === 'memarg' && isWhole(op))
    expect(Object.keys(ACCESSES)).toEqual(accesses.map(({ name }) => name))
    for (const { name, width, type } of accesses) {
      const { bytes, shift, type: valueType } = ACCESSES[name as keyof typeof ACCESSES]
      expect({ name, bytes, size: 2 ** shift }).toEqual({ name, bytes: width, size: width })
      expect(valueType).toBe(type!.results[0] ?? type!.params[1])
    }
  })

  test.each(loads)('$op extends as the native engine does', ({ op, type, bytes, isSigned }) => {
    const size = type === 'v128' ? 16 : type === 'i64' || type === 'f64' ? 8 : 4
    expect(isSigned === undefined).toBe(bytes === size)
    if (isSigned !== undefined) expect(isSigned).toBe(BigInt(loaded[op]!()) === -1n)
  })

  test.each(Object.values(ACCESSES))('$op is on a word, or another access to the same bytes is', (access) => {
    const { op, type, bytes, isSigned } = access
    const isPossible = type === 'i32' || (type === 'i64' && bytes <= 4)
    expect(access.word !== undefined).toBe(isPossible)
    if (access.word === undefined) return
    const word = ACCESSES[access.word]
    expect(word).toMatchObject({ type: 'i32', bytes, op: type === 'i32' ? op : word.op })
    expect(word.op.includes('load')).toBe(op.includes('load'))
    if (bytes < 4) expect(word.isSigned).toBe(isSigned)
  })
})

describe('the JavaScript of ops', () => {
  const NAMES = ['a', 'b', 'c', 'd']

  /** The names of the operands in the order in which they are evaluated. */
  function namesIn(build: Exclude<Meaning, string>, { params }: OpFacts, constant: number | undefined): string[] {
    const operands = params.map((_, i): Node => (i === constant ? num(3) : id(NAMES[i]!)))
    const node = build((name, ...args) => call(id(name), args as Node[]), ...operands)
    const printer = new Printer(true)
    printer.print(stmt(node))
    return printer.writer.take().match(/\b[abcd]\b/g) ?? []
  }

  describe.each([
    ['interpreters', MEANINGS as Meanings],
    ['JIT compilers', JIT_MEANINGS as Meanings],
  ])('for %s', (_, meanings) => {
    const built = Object.entries(meanings).filter(([, meaning]) => typeof meaning === 'function')

    test.each(built as [IrOp, Exclude<Meaning, string>][])('%s', (op, build) => {
      const { params, repeated, isReversed } = OPS[op]
      // Shifts of BigInts are by constants, and so are divisions that are no calls.
      const constant = /^i64\.(shl|shr_s|shr_u|rotl|div_c|rem_c)$/.test(op) ? 1 : undefined
      const found = namesIn(build, OPS[op], constant)
      const operands = params.map((_, i) => i).filter((i) => i !== constant)
      expect(operands.filter((i) => found.filter((name) => name === NAMES[i]).length > 1)).toEqual(repeated)
      const order = [...new Set(found)]
      expect(order).toEqual(operands.map((i) => NAMES[i]!)[isReversed ? 'reverse' : 'slice']())
    })
  })
})
