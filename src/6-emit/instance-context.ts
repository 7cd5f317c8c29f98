// What the parts of `instantiate` are emitted with.

import type * as es from 'estree'
import { isPlain } from '../0-wasm/canonical.ts'
import { growsElsewhere, type Module } from '../0-wasm/module.ts'
import { type RefType, typeName } from '../0-wasm/types.ts'
import type { RuntimeArguments, RuntimeFunction, RuntimeName } from '../3-ir/runtime-names.ts'
import type { Side } from './boundary.ts'
import { call, constantFor, id, type Node } from './build.ts'
import type { DataLayout } from './data.ts'
import { define, type Variable } from './instance-variables.ts'
import type { ModuleContext } from './module-context.ts'
import { addUses, noUses, type Uses } from './uses.ts'
import type { Use } from './values.ts'

export class InstanceContext {
  readonly c: ModuleContext
  readonly layout: DataLayout
  readonly isEs5: boolean
  readonly renews: boolean
  /** Function types whose descriptors the output needs, by canonical index, and what for. */
  readonly types = new Map<number, Set<Side>>()

  /** What the functions use, and instantiation so far. */
  readonly uses = noUses()

  constructor(context: ModuleContext, layout: DataLayout, functions: Uses) {
    this.c = context
    this.layout = layout
    this.isEs5 = context.isEs5
    this.renews = growsElsewhere(context.module)
    addUses(this.uses, functions)
  }

  readonly #plain = new Map<number, boolean>()

  /** `isPlain`, found once for each type: to see where a group ends takes time. */
  isPlain(type: number): boolean {
    const { group } = this.c.module.types[type]!
    let found = this.#plain.get(group)
    if (found === undefined) {
      found = isPlain(this.c.module, group)
      this.#plain.set(group, found)
    }
    return found
  }

  /** Groups of types whose ids the output needs, by the index of their first type. */
  readonly groups = new Set<number>()

  /** Types of references that the output needs objects for, by what the module calls them. */
  readonly references = new Map<string, { readonly number: number; readonly type: RefType }>()

  /** A runtime declaration, which the output then carries. */
  readonly use: Use = Object.assign(
    (name: RuntimeName): Node => {
      this.uses.runtime.add(name)
      return id(name)
    },
    {
      reference: (type: RefType): Node => {
        const canonical = canonicalRef(this.c.module, type)
        const key = typeName(canonical)
        const known = this.references.get(key) ?? { number: this.references.size, type: canonical }
        this.references.set(key, known)
        return this.c.instance.reference(known.number)
      },
    },
  )

  /** Declares what is never set again: engines compile such variables as constants. */
  constants(entries: readonly (readonly [Variable, Node])[]): es.Statement[] {
    return define(entries, constantFor(this.isEs5))
  }

  call<Name extends RuntimeFunction>(name: Name, ...args: RuntimeArguments<Name, Node>): Node {
    return call(this.use(name), args)
  }

  /** The descriptor of a function's type. */
  type(funcIndex: number, side: Side): Node {
    const { module, instance } = this.c
    const type = module.types[module.funcs[funcIndex]!.type]!.canonical
    this.types.set(type, (this.types.get(type) ?? new Set()).add(side))
    return instance.type(type)
  }
}

/** The same type, by its first name. */
const canonicalRef = ({ types }: Module, { nullable, heap }: RefType): RefType => ({
  nullable,
  heap: typeof heap === 'number' ? types[heap]!.canonical : heap,
})
