// WebAssembly.Global

import { api_class, api_construct, api_instance, api_object } from './api.ts'
import type { GlobalInstance } from './global.ts'

class GlobalObject {
  constructor(_type: unknown) {
    api_construct(this, 'Global', arguments)
  }

  valueOf(): unknown {
    return global_value(this)
  }

  get value(): unknown {
    return global_value(this)
  }

  set value(x: unknown) {
    const g = api_instance(this, 'global') as GlobalInstance
    if (!g.mutable) throw new TypeError('the global is immutable')
    g.put!(g, x)
  }
}

/** The class Global of the JavaScript API. */
export const Global: typeof GlobalObject = api_class('Global', GlobalObject)

/** @returns the Global of an instance */
export function global_object(g: GlobalInstance): object {
  return api_object(Global, g)
}

function global_value(object: unknown): unknown {
  const g = api_instance(object, 'global') as GlobalInstance
  return g.get(g)
}
