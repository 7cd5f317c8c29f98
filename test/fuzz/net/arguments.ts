// Arguments to call functions with: edge values, small numbers, random bits.

import { argument } from '../../binary/bits.ts'
import type { NumName } from '../../binary/code.ts'
import { EDGES } from '../../binary/edges.ts'
import type { Random } from '../random.ts'
import type { Argument } from './instance.ts'

function bits(random: Random, type: NumName): bigint {
  const way = random.below(10)
  if (way < 5) return random.pick(EDGES[type])
  if (way < 8 && (type === 'i32' || type === 'i64')) return BigInt(random.between(-2, random.chance(60) ? 8 : 40))
  return (BigInt(random.bits()) << 32n) | BigInt(random.bits())
}

/** An argument for a parameter; floats as their bits. */
export const randomArgument = (random: Random, type: NumName): Argument => argument(type, bits(random, type))
