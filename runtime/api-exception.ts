// WebAssembly.Exception

import { api_class, api_construct, api_u32 } from './api.ts'
import { i64_out, no_js_value } from './boundary.ts'
import { type Exn, exn_stack, exn_tag, exn_values } from './exception-fields.ts'
import { type FuncRef, func_object } from './func.ts'
import { hidden_instance } from './hidden.ts'
import type { TagInstance } from './tag.ts'
import type { ValueType } from './value-types.ts'

class ExceptionObject {
  constructor(_tag: unknown, _payload: unknown) {
    api_construct(this, 'Exception', arguments)
  }

  getArg(tag: unknown, index: unknown): unknown {
    const e = exn_of(this)
    const t = exn_tag_of(tag)
    const i = api_u32(index, 'index')
    if (e[exn_tag] !== t) throw new TypeError('WebAssembly.Exception.getArg(): the exception has another tag')
    if (i >= t.params.length) throw new RangeError('WebAssembly.Exception.getArg(): there is no argument ' + i)
    return exn_value(t.params, e[exn_values], i)
  }

  is(tag: unknown): boolean {
    const e = exn_of(this)
    return e[exn_tag] === exn_tag_of(tag)
  }

  get stack(): unknown {
    const made = (exn_of(this) as { readonly [exn_stack]?: Error })[exn_stack]
    return made && made.stack
  }
}

/** The class Exception of the JavaScript API. */
export const Exception: typeof ExceptionObject = api_class('Exception', ExceptionObject)

/** @returns the tag behind a Tag; a TypeError for any other value */
export function exn_tag_of(x: unknown): TagInstance {
  const t = hidden_instance(x, 'tag')
  if (t === undefined) throw new TypeError('argument 0 must be a WebAssembly.Tag')
  return t as TagInstance
}

function exn_of(x: unknown): Exn {
  if (x === null || typeof x !== 'object' || (x as Partial<Exn>)[exn_tag] === undefined) {
    throw new TypeError('receiver is not a WebAssembly.Exception')
  }
  return x as Exn
}

/** What JavaScript sees of value number `index`. An i64 is two registers, a v128 four, any other value one. */
function exn_value(params: readonly ValueType[], values: readonly unknown[], index: number): unknown {
  let register = 1
  for (let i = 0; i < index; i++) register += params[i] === 'I' ? 2 : params[i] === 'v' ? 4 : 1
  const value = values[register]
  const type = params[index]!
  switch (type) {
    case 'i':
    case 'f':
    case 'd':
    case 'x':
      return value
    case 'I':
      return i64_out(value as number, values[register + 1] as number)
    case 'F':
      return func_object(value as FuncRef)
    case 'v':
    case 'e':
      throw no_js_value()
    default:
      return type.give(value)
  }
}
