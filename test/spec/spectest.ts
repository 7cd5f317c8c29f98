// The host module of the scripts.

import type { Api } from './engine.ts'

const FUNCTIONS = ['print', 'print_i32', 'print_i64', 'print_f32', 'print_f64', 'print_i32_f32', 'print_f64_f64']

/** What an engine may lack is left out: a script that imports it then fails by itself. */
function optional<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}

/** @returns a fresh `spectest` module; each script gets its own. */
export function spectest(api: Api): Record<string, unknown> {
  const table64 = { element: 'anyfunc', address: 'i64', initial: 10n, maximum: 20n } as unknown
  const module: Record<string, unknown> = {
    global_i32: new api.Global({ value: 'i32', mutable: false }, 666),
    global_i64: new api.Global({ value: 'i64', mutable: false }, 666n),
    global_f32: new api.Global({ value: 'f32', mutable: false }, 666.6),
    global_f64: new api.Global({ value: 'f64', mutable: false }, 666.6),
    table: new api.Table({ element: 'anyfunc', initial: 10, maximum: 20 }),
    table64: optional(() => new api.Table(table64 as WebAssembly.TableDescriptor)),
    memory: new api.Memory({ initial: 1, maximum: 2 }),
    shared_memory: optional(() => new api.Memory({ initial: 1, maximum: 2, shared: true })),
  }
  for (const name of FUNCTIONS) module[name] = () => undefined
  return module
}
