// Plain numeric instructions with constant operands, which the compiler folds or writes in a shorter way.

import { describe, expect, test } from 'vitest'
import { carrier, fromBits, toBits } from '../binary/bits.ts'
import { constant, ins, opcode } from '../binary/code.ts'
import { FEW } from '../binary/edges.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { bothEngines, call, instantiate, MODES, modeName, sameArithmetic, show } from './compare.ts'
import { type PlainNumeric, plainNumeric } from './plain.ts'

interface Folded {
  readonly name: string
  /** One for each parameter: the constant's bits, or undefined where the operand comes from the caller. */
  readonly operands: readonly (bigint | undefined)[]
}

/** Each constant on each side, and on both. */
function variants({ params: [a, b] }: PlainNumeric): Folded[] {
  const make = (...operands: (bigint | undefined)[]): Folded => ({ name: operands.map(String).join(' '), operands })
  if (b === undefined) return FEW[a].map((x) => make(x))
  const both = FEW[a].flatMap((x) => FEW[b].map((y) => make(x, y)))
  return [...FEW[a].map((x) => make(x, undefined)), ...FEW[b].map((y) => make(undefined, y)), ...both]
}

function moduleOf(op: PlainNumeric, folded: readonly Folded[]): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  for (const { name, operands } of folded) {
    const params = op.params.filter((_, i) => operands[i] === undefined)
    const code = op.params.flatMap((type, i) => {
      const bits = operands[i]
      return bits === undefined ? [...ins('local.get', 0), ...fromBits(type)] : constant(type, bits)
    })
    const signature = { params: params.map(carrier), results: [carrier(op.result)] }
    builder.export(name, 'func', builder.func(signature, [], [...code, ...opcode(op.name), ...toBits(op.result)]))
  }
  return builder.build()
}

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const engines = await bothEngines(mode)

  test.each(plainNumeric.map((op) => [op.name, op] as const))('%s', (_name, op) => {
    const folded = variants(op)
    const bytes = moduleOf(op, folded)
    const native = instantiate(engines.native, bytes)
    const ours = instantiate(engines.ours, bytes)
    const differences: string[] = []
    for (const { name, operands } of folded) {
      const free = operands.indexOf(undefined)
      const types = free < 0 ? [] : [op.params[free]]
      for (const args of free < 0 ? [[]] : FEW[op.params[free]].map((bits) => [bits])) {
        const expected = call(engines.native, native[name], types, [op.result], args)
        const got = call(engines.ours, ours[name], types, [op.result], args)
        const all = operands.map((bits, i) => [op.params[i], bits ?? args[0]] as const)
        const same =
          typeof expected === 'string' || typeof got === 'string' || !op.arithmetic
            ? show(expected) === show(got)
            : sameArithmetic(op.result, expected[0], got[0], all)
        if (!same) differences.push(`${name} with ${show(args)}: native ${show(expected)}, ours ${show(got)}`)
      }
    }
    expect(differences.slice(0, 10)).toEqual([])
  })
})
