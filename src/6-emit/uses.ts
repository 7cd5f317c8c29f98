// What the text of a function uses of what stands around it: all that has to be known of a function, beside its text, to
// put it into an output. What an output needs is the union of the uses of its functions, in whatever order, thread or run
// they were emitted.

import type { RuntimeName } from '../3-ir/runtime-names.ts'

/** What is looked up by (swizzle.ts), and the words of the bytes that are, as text. */
export type ByteTable = `${'bytes' | 'nibbles' | 'sixes'},${string}`

/** The kinds of things that are used. Entities are used by index, those of them that the output may leave out or not. */
interface Used {
  /** Declarations of the runtime. */
  readonly runtime: RuntimeName
  /** Views of memories, by name; each is of one memory (memory/). */
  readonly views: string
  /** Functions that it calls or refers to, versions of its own included. */
  readonly funcs: number
  /** Functions of which it has a version that makes tail calls. */
  readonly tails: number
  readonly globals: number
  /** Memories that it hands to the runtime. */
  readonly memories: number
  /** Tables that it calls functions through, or hands to the runtime. */
  readonly tables: number
  /** Tables that it calls functions through. */
  readonly calledTables: number
  /** Types that an indirect call or a test checks for, by canonical index. */
  readonly typeIds: number
  readonly tags: number
  /** Types of structures and arrays that a test checks for, by canonical index. */
  readonly heapTypes: number
  /** Types of which it makes structures and arrays, by canonical index. */
  readonly heapClasses: number
  /** Tables of bytes that are known when compiling. */
  readonly byteTables: ByteTable
  readonly elems: number
  readonly datas: number
}

/** Plain data, which one thread can hand to another. */
export type Uses = { readonly [Kind in keyof Used]: ReadonlySet<Used[Kind]> }

/** The same while it is gathered. */
export type GatheredUses = { readonly [Kind in keyof Used]: Set<Used[Kind]> }

export const noUses = (): GatheredUses => ({
  runtime: new Set(),
  views: new Set(),
  funcs: new Set(),
  tails: new Set(),
  globals: new Set(),
  memories: new Set(),
  tables: new Set(),
  calledTables: new Set(),
  typeIds: new Set(),
  tags: new Set(),
  heapTypes: new Set(),
  heapClasses: new Set(),
  byteTables: new Set(),
  elems: new Set(),
  datas: new Set(),
})

const KINDS = Object.keys(noUses()) as (keyof Uses)[]

/** Adds what something uses. */
export function addUses(all: GatheredUses, uses: Uses): void {
  for (let i = 0; i < KINDS.length; i++) {
    const used: ReadonlySet<string | number> = uses[KINDS[i]!]
    if (used.size === 0) continue
    const gathered: Set<string | number> = all[KINDS[i]!]
    for (const item of used) gathered.add(item)
  }
}
