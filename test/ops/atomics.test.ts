// Atomic instructions, each in functions of its own: natively and compiled, on shared memories, others, and as a program of
// one thread; results and the whole memory compared.

import { describe, expect, test } from 'vitest'
import { type Op, ops } from '../../src/0-wasm/ops/index.ts'
import { webAssemblyWith } from '../../src/webassembly/create.ts'
import { access, constant, ins, type NumName } from '../binary/code.ts'
import { FEW } from '../binary/edges.ts'
import { ModuleBuilder } from '../binary/module.ts'
import type { Api } from '../spec/engine.ts'
import { bothEngines, call, instantiate, MODES, modeName, show } from './compare.ts'

const PAGE = 65536
const OFFSETS = [0, 1, 8, PAGE - 8, 0xffff_fff8]
const ADDRESSES = [0, 1, 2, 4, 8, 16, PAGE - 8, PAGE - 4, PAGE - 2, PAGE - 1, PAGE, 0xffff_fff8].map(BigInt)
/** Nanoseconds: nobody notifies. */
const TIMEOUT = constant('i64', 1000n)

const atomics = ops.filter(({ immediates }) => immediates[0] === 'atomic')

/** What the functions take: an address, and the values but a timeout. */
const paramsOf = ({ name, type }: Op): NumName[] => {
  const [, ...values] = type!.params as NumName[]
  return ['i32', ...(name.startsWith('memory.atomic.wait') ? values.slice(0, -1) : values)]
}

const bytes = Array.from({ length: PAGE }, (_, i) => (i * 167 + (i >> 8) * 13) & 0xff)

const modules = new Map<string, Uint8Array<ArrayBuffer>>()

/** The module of an instruction, which is the same in all modes. */
function moduleOf(op: Op, shared: boolean): Uint8Array<ArrayBuffer> {
  const key = `${op.name} ${shared}`
  const module = modules.get(key) ?? newModule(op, shared)
  modules.set(key, module)
  return module
}

/** For each offset a function. */
function newModule(op: Op, shared: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const memory = builder.memory({ min: 1, max: 1, shared })
  builder.export('memory', 'memory', memory)
  builder.data(bytes, { memory, offset: constant('i32', 0n) })
  const params = paramsOf(op)
  const operands = params.flatMap((_, index) => ins('local.get', index))
  const timeout = op.name.startsWith('memory.atomic.wait') ? TIMEOUT : []
  for (const offset of OFFSETS) {
    const code = [...operands, ...timeout, ...access(op.name, offset, Math.log2(op.width))]
    const signature = { params, results: op.type!.results as NumName[] }
    builder.export(`${offset}`, 'func', builder.func(signature, [], code))
  }
  return builder.build()
}

/** Values that are in the memory at these addresses, so that some comparisons are true, and edges. */
const valuesOf = (type: NumName, address: bigint): bigint[] => {
  const at = Number(address)
  const there = [8, 4, 2, 1].map((size) =>
    bytes.slice(at, at + size).reduce((sum, byte, i) => sum + (BigInt(byte) << BigInt(8 * i)), 0n),
  )
  return [...FEW[type].slice(0, 4), ...there].map((value) => BigInt.asUintN(type === 'i64' ? 64 : 32, value))
}

function argumentsOf(params: readonly NumName[]): bigint[][] {
  return ADDRESSES.flatMap((address) => {
    let lists: bigint[][] = [[address]]
    for (const type of params.slice(1)) {
      lists = lists.flatMap((list) => valuesOf(type, address).map((value) => [...list, value]))
    }
    return lists
  })
}

const contents = (exports: WebAssembly.Exports): Buffer => Buffer.from((exports['memory'] as WebAssembly.Memory).buffer)

/** Calls all functions of the module on both engines. @returns what differs */
function differences(op: Op, native: Api, ours: Api, shared: boolean): string[] {
  const params = paramsOf(op)
  const module = moduleOf(op, shared)
  const [n, o] = [instantiate(native, module), instantiate(ours, module)]
  const found: string[] = []
  for (const offset of OFFSETS) {
    for (const args of argumentsOf(params)) {
      const results = op.type!.results as NumName[]
      const expected = show(call(native, n[offset], params, results, args))
      const got = show(call(ours, o[offset], params, results, args))
      if (expected !== got) found.push(`${offset} ${show(args)}: native ${expected}, ours ${got}`)
    }
    if (!contents(n).equals(contents(o))) found.push(`${offset}: memories differ`)
  }
  return found.slice(0, 10)
}

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const { native, ours } = await bothEngines(mode)
  const { engine, optimize } = mode
  const single = webAssemblyWith({ engine, optimize, threads: 'single' }, { verifies: true }) as unknown as Api

  test.each(atomics.map((op) => [op.name, op] as const))('%s', (_, op) => {
    expect(differences(op, native, ours, true)).toEqual([])
    expect(differences(op, native, ours, false)).toEqual([])
    expect(differences(op, native, single, true)).toEqual([])
  })
})
