// WebAssembly.Global

import { api_class, api_descriptor, api_link, api_object } from './api.ts'
import { value_in, value_out } from './boundary.ts'
import { type GlobalInstance, global_new } from './global.ts'
import { hidden_instance } from './hidden.ts'
import { ri } from './results.ts'

class GlobalObject {
  constructor(type: unknown) {
    const descriptor = api_descriptor(type, 'WebAssembly.Global()')
    const mutable = !!descriptor['mutable']
    const letter = global_letter(descriptor['value'])
    const g = global_new(letter, mutable, letter === 'F' ? null : letter === 'x' ? undefined : 0, 0)
    if (arguments.length > 1) global_put(g, arguments[1])
    api_link(this, g)
  }

  valueOf(): unknown {
    return global_value(this)
  }

  get value(): unknown {
    return global_value(this)
  }

  set value(x: unknown) {
    const g = global_of(this)
    if (!g.mutable) throw new TypeError("set WebAssembly.Global.value: can't set the value of an immutable global")
    global_put(g, x)
  }
}

/** The class Global of the JavaScript API. */
export const Global: typeof GlobalObject = api_class('Global', GlobalObject)

/** @returns the Global of an instance */
export function global_object(g: GlobalInstance): object {
  return api_object(Global, g)
}

function global_of(object: unknown): GlobalInstance {
  const found = hidden_instance(object, 'global')
  if (found === undefined) throw new TypeError('receiver is not a WebAssembly.Global')
  return found as GlobalInstance
}

function global_value(object: unknown): unknown {
  const g = global_of(object)
  return value_out(g.type, g.v, g.h)
}

function global_put(g: GlobalInstance, x: unknown): void {
  const v = value_in(g.type, x)
  g.v = v
  if (g.type === 'I') g.h = ri[0]
}

function global_letter(x: unknown): string {
  const names = ['i32', 'i64', 'f32', 'f64', 'anyfunc', 'externref']
  const index = names.indexOf(String(x))
  if (index < 0) throw new TypeError("WebAssembly.Global(): property 'value' must be a WebAssembly type")
  return 'iIfdFx'.charAt(index)
}
