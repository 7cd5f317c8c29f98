// Tuples, many values in one array (src/4-lower/tuples.ts), where something takes their values one by one.

import { exn_new } from './exception.ts'
import { type Exn, exn_tag, exn_values } from './exception-fields.ts'
import { f32_reinterpret_i32, f64_reinterpret_i64, i32_reinterpret_f32, i64_reinterpret_f64 } from './float.ts'
import { ri } from './results.ts'
import type { TagInstance } from './tag.ts'
import type { ValueType } from './value-types.ts'

type Tuple = readonly unknown[]

/** The types of values: letters, of which `b` is i8, `s` i16, and those not named here have one register, which is an element. */
type Types = string | readonly ValueType[]

/** A constructor of structures of one type. */
interface StructClass {
  readonly prototype: object
  /** Types of the fields, if these are many. */
  fields?: string
}

/**
 * @param types of its values; undefined: its elements are registers
 * @returns null, then the registers of its values: engines quiet NaNs in arrays of nothing but numbers
 */
function tuple_registers(t: Tuple, types: Types | undefined): unknown[] {
  const made: unknown[] = [null]
  if (types === undefined) return made.concat(t)
  let at = 0
  for (let i = 0; i < types.length; i++) {
    const low = t[at++] as number
    switch (types[i]) {
      case 'f':
        made.push(f32_reinterpret_i32(low))
        break
      case 'd':
        made.push(f64_reinterpret_i64(low, t[at++] as number))
        break
      case 'b':
        made.push((low << 24) >> 24)
        break
      case 's':
        made.push((low << 16) >> 16)
        break
      case 'I':
        made.push(low, t[at++])
        break
      case 'v':
        made.push(low, t[at++], t[at++], t[at++])
        break
      default:
        made.push(low)
    }
  }
  return made
}

/** Calls a function with the values of a tuple. */
export function tuple_call(f: (...args: never[]) => unknown, t: Tuple, types?: Types): unknown {
  return Function.prototype.call.apply(f, tuple_registers(t, types) as [unknown])
}

/** @returns the constructor, which has the types of its many fields */
export function struct_fields<Make extends StructClass>(made: Make, fields: string): Make {
  made.fields = fields
  return made
}

/** The instruction `struct.new`. */
export function struct_of_tuple(made: StructClass, t: Tuple, types?: Types): unknown {
  const words = tuple_registers(t, types === undefined ? made.fields : types)
  words[0] = Object.create(made.prototype)
  Function.prototype.call.apply(made as never, words as [unknown])
  return words[0]
}

/** The instruction `throw`, but for throwing. */
export function exn_of_tuple(tag: TagInstance, t: Tuple): Exn {
  return exn_new(tag, tuple_registers(t, tag.params))
}

/** What an exception carries, as a tuple. */
export function exn_tuple(e: Exn): Tuple {
  const types = e[exn_tag].params
  const values = e[exn_values]
  const made: unknown[] = []
  let at = 1
  for (let i = 0; i < types.length; i++) {
    const type = types[i]
    if (type === 'f') made.push(i32_reinterpret_f32(values[at++] as number))
    else if (type === 'd') made.push(i64_reinterpret_f64(values[at++] as number), ri[0])
    else for (let count = type === 'v' ? 4 : type === 'I' ? 2 : 1; count > 0; count--) made.push(values[at++])
  }
  return made
}
