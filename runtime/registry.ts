// Modules that were compiled ahead of time, and are there for who asks for them by the bytes they were compiled from
// (`nowasm/aot`).

import { realm } from './realm.ts'

/** What an output says of the module it was compiled from. */
export interface RegisteredModule {
  /** Of the module's bytes, in lower-case hexadecimal. */
  readonly sha256: string
  /** Of the module, in bytes. */
  readonly length: number
  /** Module, name and kind of each import. */
  readonly imports: readonly (readonly [string, string, string])[]
  /** Name and kind of each export. */
  readonly exports: readonly (readonly [string, string])[]
  readonly instantiate: (imports?: unknown) => { readonly exports: Readonly<Record<string, unknown>> }
}

/** @returns its argument, from now on one of `realm.modules` */
export function module_register(module: RegisteredModule): RegisteredModule {
  if (realm.modules === undefined) realm.modules = []
  realm.modules.push(module)
  return module
}
