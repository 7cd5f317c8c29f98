// Loads, stores and bulk memory instructions: offsets, unaligned and out-of-bounds addresses, the whole memory compared.

import { describe, expect, test } from 'vitest'
import { isCompiled, ops } from '../../src/0-wasm/ops/index.ts'
import { carrier, fromBits, toBits } from '../binary/bits.ts'
import { access, constant, ins, type NumName } from '../binary/code.ts'
import { FEW } from '../binary/edges.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { bothEngines, call, instantiate, MODES, modeName, show } from './compare.ts'

const PAGE = 65536
const OFFSETS = [0, 1, 2, 3, 8, PAGE - 8, PAGE - 1, PAGE, 0x7fffffff, 0xffffffff]
const ADDRESSES = [
  0,
  1,
  2,
  3,
  5,
  7,
  8,
  PAGE - 9,
  PAGE - 8,
  PAGE - 5,
  PAGE - 4,
  PAGE - 3,
  PAGE - 2,
  PAGE - 1,
  PAGE,
  PAGE + 1,
  0x7fffffff,
  0x80000000,
  0xfffffff8,
  0xffffffff,
].map(BigInt)

/** Those of vectors are in vectors.test.ts. */
const accesses = ops.filter((op) => isCompiled(op) && op.immediates[0] === 'memarg' && op.feature !== 'simd')
const isLoad = (name: string): boolean => name.includes('load')
const valueType = (name: string): NumName => name.slice(0, 3) as NumName

/** A page whose bytes differ from their neighbours, with some quiet and signalling NaNs among them. */
function page(): number[] {
  const bytes = Array.from({ length: PAGE }, (_, i) => (i * 167 + (i >> 8) * 13) & 0xff)
  const nans = [0x01, 0, 0x80, 0x7f, 0x01, 0, 0xa0, 0xff, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f, 1, 0, 0, 0, 0, 0, 0xf4, 0xff]
  bytes.splice(0, nans.length, ...nans)
  return bytes
}

function newModule(): ModuleBuilder {
  const builder = new ModuleBuilder()
  const memory = builder.memory({ min: 1, max: 3 })
  builder.export('memory', 'memory', memory)
  builder.data(page(), { memory, offset: constant('i32', 0n) })
  return builder
}

type AccessName = (typeof accesses)[number]['name']

/** For each offset and alignment hint: a function of the address, and one for each constant address. */
function accessModule(name: AccessName, width: number): Uint8Array<ArrayBuffer> {
  const builder = newModule()
  const type = valueType(name)
  const load = isLoad(name)
  const add = (label: string, address: number[] | undefined, offset: number, align: number): void => {
    const params: NumName[] = [...(address ? [] : ['i32' as const]), ...(load ? [] : [carrier(type)])]
    const value = load ? [] : [...ins('local.get', params.length - 1), ...fromBits(type)]
    const code = [
      ...(address ?? ins('local.get', 0)),
      ...value,
      ...access(name, offset, align),
      ...(load ? toBits(type) : []),
    ]
    builder.export(label, 'func', builder.func({ params, results: load ? [carrier(type)] : [] }, [], code))
  }
  for (const offset of OFFSETS) {
    add(`${offset}`, undefined, offset, Math.log2(width))
    if (width > 1) add(`${offset} unaligned`, undefined, offset, 0)
    for (const address of ADDRESSES) add(`${offset} at ${address}`, constant('i32', address), offset, 0)
  }
  return builder.build()
}

const contents = (exports: WebAssembly.Exports): Buffer => Buffer.from((exports['memory'] as WebAssembly.Memory).buffer)

/** Whether both memories have the same size and bytes. */
const sameMemory = (a: WebAssembly.Exports, b: WebAssembly.Exports): boolean => contents(a).equals(contents(b))

const BULK_SIZES = [0n, 1n, 100n, 65535n, 65536n, 65537n, 0x80000000n, 0xffffffffn]
const triples = BULK_SIZES.flatMap((d) => BULK_SIZES.flatMap((s) => BULK_SIZES.map((n) => [d, s, n])))

function bulkModule(): Uint8Array<ArrayBuffer> {
  const builder = newModule()
  const segment = builder.data(Array.from({ length: 300 }, (_, i) => i & 0xff))
  const operands = [0, 1, 2].flatMap((i) => ins('local.get', i))
  const three = { params: ['i32', 'i32', 'i32'], results: [] } as const
  const add = (name: string, code: number[]): void => builder.export(name, 'func', builder.func(three, [], code))
  add('memory.fill', [...operands, ...ins('memory.fill', 0)])
  add('memory.copy', [...operands, ...ins('memory.copy', 0, 0)])
  add('memory.init', [...operands, ...ins('memory.init', segment, 0)])
  add('data.drop', ins('data.drop', segment))
  const grow = [...ins('local.get', 0), ...ins('memory.grow', 0)]
  builder.export('memory.grow', 'func', builder.func({ params: ['i32'], results: ['i32'] }, [], grow))
  builder.export('memory.size', 'func', builder.func({ params: [], results: ['i32'] }, [], ins('memory.size', 0)))
  return builder.build()
}

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const { native, ours } = await bothEngines(mode)
  const both = (bytes: Uint8Array<ArrayBuffer>) => [instantiate(native, bytes), instantiate(ours, bytes)] as const

  test.each(accesses.map(({ name, width }) => [name, width] as const))('%s', (name, width) => {
    const [n, o] = both(accessModule(name, width))
    const type = valueType(name)
    const results = isLoad(name) ? [type] : []
    const differences: string[] = []
    for (const label of Object.keys(n).filter((key) => key !== 'memory')) {
      const addresses = label.includes('at') ? [[]] : ADDRESSES.map((address) => [address])
      const values = isLoad(name) ? [[]] : FEW[type].map((bits) => [bits])
      const params = [...(label.includes('at') ? [] : ['i32' as const]), ...(isLoad(name) ? [] : [type])]
      for (const args of addresses.flatMap((address) => values.map((value) => [...address, ...value]))) {
        const expected = show(call(native, n[label], params, results, args))
        const got = show(call(ours, o[label], params, results, args))
        if (expected !== got) differences.push(`${label} ${show(args)}: native ${expected}, ours ${got}`)
      }
      if (!sameMemory(n, o)) differences.push(`${label}: memories differ`)
    }
    expect(differences.slice(0, 10)).toEqual([])
  })

  test.each(['memory.fill', 'memory.copy', 'memory.init'])('%s', (name) => {
    const [n, o] = both(bulkModule())
    for (const args of [
      ...triples,
      [10n, 0n, 5n],
      [0n, 10n, 300n],
      [10n, 0n, 300n],
      [65236n, 0n, 300n],
      [65237n, 0n, 300n],
    ]) {
      const [expected, got] = [
        [native, n],
        [ours, o],
      ] as const
      const outcomes = [expected, got].map(([api, exports]) =>
        show(call(api, exports[name], ['i32', 'i32', 'i32'], [], args)),
      )
      expect([show(args), outcomes[1], sameMemory(n, o)]).toEqual([show(args), outcomes[0], true])
    }
  })

  test('a dropped segment is empty', () => {
    const [n, o] = both(bulkModule())
    for (const [api, exports] of [
      [native, n],
      [ours, o],
    ] as const) {
      const three = ['i32', 'i32', 'i32'] as const
      call(api, exports['data.drop'], three, [], [0n, 0n, 0n])
      expect(call(api, exports['memory.init'], three, [], [0n, 0n, 0n])).toEqual([])
      expect(call(api, exports['memory.init'], three, [], [0n, 0n, 1n])).toBe('RuntimeError')
    }
  })

  test('growth', () => {
    const [n, o] = both(bulkModule())
    for (const delta of [0n, 1n, 0n, 0xffffffffn, 0x80000000n, 65536n, 2n, 1n, 1n, 0n]) {
      const outcomes = [
        [native, n],
        [ours, o],
      ].map(([api, exports]) => [
        show(call(api as typeof native, (exports as typeof n)['memory.grow'], ['i32'], ['i32'], [delta])),
        show(call(api as typeof native, (exports as typeof n)['memory.size'], [], ['i32'], [])),
      ])
      expect([delta, outcomes[1], sameMemory(n, o)]).toEqual([delta, outcomes[0], true])
    }
  })
})
