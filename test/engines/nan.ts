// Whether a command is about bits of a NaN that are not those of the one NaN that JavaScript knows. JavaScriptCore and
// SpiderMonkey keep no others: a number that is stored or passed on may come out with other bits there.

import type { Action, Command, EitherValue, Value } from '../spec/script.ts'

const CANONICAL = ['2143289344', '9221120237041090560', 'nan:canonical', 'nan:arithmetic']

const isNan32 = (bits: bigint): boolean => (bits & 0x7fffffffn) > 0x7f800000n
const isNan64 = (bits: bigint): boolean => (bits & 0x7fffffffffffffffn) > 0x7ff0000000000000n

const widthOf = (type: string): number => (type.endsWith('32') ? 32 : type.endsWith('64') ? 64 : 0)

function isOtherNan(width: number, bits: string): boolean {
  if (CANONICAL.includes(bits) || !/^\d+$/.test(bits)) return false
  return width === 32 ? isNan32(BigInt(bits)) : width === 64 && isNan64(BigInt(bits))
}

/** @param letter of the types that count: `f`, or `i` for integers that are the bits of a float */
function hasOtherNan(value: Value, letter: 'f' | 'i'): boolean {
  if (value.type === 'either') return (value as EitherValue).values.some((each) => hasOtherNan(each, letter))
  const { value: bits, lane_type: type = value.type } = value as { value?: string | string[]; lane_type?: string }
  return type[0] === letter && [bits ?? []].flat().some((each) => isOtherNan(widthOf(type), each))
}

/** The one NaN, as a message about a wrong result shows it. */
const GOT_NAN = /got \([^)]*(7fc00000|7ff8000000000000)/

/** @param message what failed */
export function isAboutNanBits(command: Command, message = ''): boolean {
  const { action, expected } = command as { action?: Action; expected?: Value[] }
  const values = [...(action?.type === 'invoke' ? action.args : []), ...(expected ?? [])]
  return values.some((value) => hasOtherNan(value, 'f') || (GOT_NAN.test(message) && hasOtherNan(value, 'i')))
}
