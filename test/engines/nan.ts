// Whether a command is about bits of a NaN that are not those of the one NaN that JavaScript knows. JavaScriptCore and
// SpiderMonkey keep no others: a number that is stored or passed on may come out with other bits there.

import type { Action, Command, EitherValue, Value } from '../spec/script.ts'

const CANONICAL = ['2143289344', '9221120237041090560', 'nan:canonical', 'nan:arithmetic']

const isNan32 = (bits: bigint): boolean => (bits & 0x7fffffffn) > 0x7f800000n
const isNan64 = (bits: bigint): boolean => (bits & 0x7fffffffffffffffn) > 0x7ff0000000000000n

/** Of integers too: loads and stores are checked by them. */
function isOtherNan(type: string, bits: string): boolean {
  if (CANONICAL.includes(bits) || !/^\d+$/.test(bits)) return false
  return type.endsWith('32') ? isNan32(BigInt(bits)) : type.endsWith('64') && isNan64(BigInt(bits))
}

function hasOtherNan(value: Value): boolean {
  if (value.type === 'either') return (value as EitherValue).values.some(hasOtherNan)
  const { value: bits } = value as { value?: string | string[] }
  if (Array.isArray(bits)) return bits.some((each) => isOtherNan((value as { lane_type: string }).lane_type, each))
  return bits !== undefined && isOtherNan(value.type, bits)
}

export function isAboutNanBits(command: Command): boolean {
  const { action, expected } = command as { action?: Action; expected?: Value[] }
  const args = action?.type === 'invoke' ? action.args : []
  return [...args, ...(expected ?? [])].some(hasOtherNan)
}
