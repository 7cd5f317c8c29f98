// Arguments to call functions with: edge values, small numbers, random bits.

import { argument, canonicalNan, isNan } from '../../binary/bits.ts'
import type { NumName } from '../../binary/code.ts'
import { EDGES } from '../../binary/edges.ts'
import type { Random } from '../random.ts'
import type { Settled } from '../rewrite/nans.ts'
import type { Argument } from './instance.ts'

function bits(random: Random, type: NumName): bigint {
  const way = random.below(10)
  if (way < 5) return random.pick(EDGES[type])
  if (way < 8 && (type === 'i32' || type === 'i64')) return BigInt(random.between(-2, random.chance(60) ? 8 : 40))
  return (BigInt(random.bits()) << 32n) | BigInt(random.bits())
}

/** An argument for a parameter; floats as their bits, without those NaNs that are not to be looked at. */
export function randomArgument(random: Random, type: NumName, nans: Settled): Argument {
  const width = type === 'i32' || type === 'f32' ? 32 : 64
  const chosen = BigInt.asUintN(width, bits(random, type))
  const quiet = nans !== 'arithmetic' && isNan(type, chosen)
  return argument(type, quiet ? canonicalNan(type as 'f64') : chosen)
}
