// What the emitter knows of a module: the same for all functions, which are emitted each for itself.

import type { Module } from '../0-wasm/module.ts'
import type { ModuleFacts } from '../4-lower/facts/module-facts.ts'
import type { Surroundings } from '../5-optimize/passes.ts'
import { type InstanceVariables, instanceVariables } from './instance-variables.ts'
import type { Meanings } from './meaning.ts'
import type { MemoryAccess } from './memory/access.ts'
import { Names } from './names.ts'

/** What stays the same for a whole module. Nothing in it changes while functions are emitted: what they use is in Uses. */
export interface ModuleContext {
  readonly module: Module
  readonly names: Names
  readonly instance: InstanceVariables
  readonly access: MemoryAccess
  readonly meanings: Meanings
  readonly readable: boolean
  readonly exportedGlobals: ReadonlySet<number>
  /** What functions may do; undefined: nothing is kept in local variables across calls. */
  readonly facts: ModuleFacts | undefined
  /** Whether functions are compiled when they are first called (lazy.ts). */
  readonly isLazy: boolean
  /** Whether what uses the i32 result of a call here is told that it is an int32. */
  readonly typesResults: boolean
  /** Whether the target is ES5. */
  readonly isEs5: boolean
  /** Whether it is noted which instructions the text is from. */
  readonly hasPositions: boolean
  /** Whether exceptions know where they were thrown. */
  readonly tracesExceptions: boolean
}

type Settings = Omit<ModuleContext, 'names' | 'instance' | 'exportedGlobals'>

export function moduleContext(settings: Settings): ModuleContext {
  const names = new Names(settings.module, settings.readable)
  return {
    ...settings,
    names,
    instance: instanceVariables(
      names,
      settings.isLazy ? (index) => settings.module.funcs[index]!.body !== undefined : () => false,
    ),
    exportedGlobals: new Set(settings.module.exports.filter(({ kind }) => kind === 'global').map(({ index }) => index)),
  }
}

/** Whether a global is an object that other modules or JavaScript may change. */
export function isSharedGlobal({ module, exportedGlobals }: ModuleContext, index: number): boolean {
  const global = module.globals[index]!
  return global.type.mutable && (global.import !== undefined || exportedGlobals.has(index))
}

/** What the optimiser may know of the module; undefined: it shall do nothing. */
export const surroundingsOf = (
  c: ModuleContext,
  how: Pick<Surroundings, 'level' | 'limit' | 'height' | 'int64'>,
): Surroundings | undefined =>
  c.facts && {
    ...how,
    facts: c.facts,
    keepsLocals: c.readable,
    isPrivateGlobal: (index) => !isSharedGlobal(c, index),
    byElement: c.access.byElement,
    // Engines without a JIT inline nothing.
    ...(!c.access.byElement && { hints: c.module.branchHints }),
    takesSigned: (memory) => takesSigned(c, memory),
  }

/** Whether addresses from 2^31 on are out of bounds of a memory, and the engine says so of negative ones. */
export function takesSigned({ module, access }: ModuleContext, memory: number): boolean {
  const { import: imported, type } = module.memories[memory]!
  const { limits, pageSize } = type
  // Memories that say no maximum stop at 2 GiB; who imports one does not know what it says.
  const most = limits.max ?? (imported === undefined ? limits.min : Infinity)
  return access.refusesNegative && most * (pageSize ?? 1) <= TWO_GIB
}

const TWO_GIB = 2 ** 31
