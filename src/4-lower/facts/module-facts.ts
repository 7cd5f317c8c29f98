// What functions may do, all that they call included: by region of the state, and which globals they may change. Found
// over the call graph before any function is compiled, as data that can be handed to threads.
//
// An indirect call may call any function of its type that there is a reference to. An import may call whatever is exported,
// and leave in its middle: what was called may have trapped, and the import may have caught that. So a global that a
// function changes and restores counts as changed by imports, but not by calls of that function: who makes those does not go
// on behind a trap. A function that catches exceptions does: it changes what any function sets that it calls.

import type { StringBuiltin } from '../../0-wasm/builtins.ts'
import type { Func, Module } from '../../0-wasm/module.ts'
import { BUILTIN_CALLS } from '../../3-ir/builtin-calls.ts'
import {
  LEAVE,
  READ_GLOBAL,
  READ_MEMORY,
  READ_TABLE,
  WRITE_GLOBAL,
  WRITE_MEMORY,
  WRITE_TABLE,
} from '../../3-ir/effects.ts'
import type { Call, CallIndirect } from '../../3-ir/expr.ts'
import { RUNTIME_CALLS } from '../../3-ir/runtime-calls.ts'
import { type Contents, closedTables } from './closed-tables.ts'
import { refsLeave, sharedOf } from './outside.ts'
import { GROWS, globalBit, type Listener, type OwnFacts, Scanner, scanBody } from './scan.ts'
import { TailGraph, type TailGroups } from './tail-calls.ts'

/** By function index, or type index. */
interface Done {
  /** Bits of `3-ir/effects.ts`, and GROWS. */
  readonly effects: Int32Array
  /** Globals that may hold something else when a call returns: bits of `globalBit`. */
  readonly changes: Int32Array
}

export interface ModuleFacts {
  readonly funcs: Done
  /** What a call through a table may do. */
  readonly types: Done
  /** What is in tables that never change. */
  readonly tables: readonly (Contents | undefined)[]
  /** Which functions tail calls come back to. */
  readonly tails: TailGroups
}

/** What a call may do: the effects, and GROWS. */
export const effectsOfCall = ({ funcs, types }: ModuleFacts, e: Call | CallIndirect): number =>
  e.kind === 'call' ? funcs.effects[e.func]! : types.effects[e.typeIndex]!

/** The globals that a call may change: bits of `globalBit`. */
export const changesOfCall = ({ funcs, types }: ModuleFacts, e: Call | CallIndirect): number =>
  e.kind === 'call' ? funcs.changes[e.func]! : types.changes[e.typeIndex]!

/** What is outside, as far as it acts itself. */
function outside(module: Module): OwnFacts {
  let effects = LEAVE
  if (sharedOf(module, 'memory').size > 0) effects |= READ_MEMORY | WRITE_MEMORY | GROWS
  if (sharedOf(module, 'table').size > 0) effects |= READ_TABLE | WRITE_TABLE
  let sets = 0
  for (const index of sharedOf(module, 'global')) if (module.globals[index]!.type.mutable) sets |= globalBit(index)
  if (sets !== 0) effects |= READ_GLOBAL | WRITE_GLOBAL
  return { effects, sets, changes: sets, restored: 0, catches: true }
}

const builtinFacts = (builtin: StringBuiltin): OwnFacts => {
  const { effects } = RUNTIME_CALLS[BUILTIN_CALLS[builtin]]
  return { effects, sets: 0, changes: 0, restored: 0, catches: false }
}

/** Walks all code. */
export function findModuleFacts(module: Module): ModuleFacts {
  const finder = new FactsFinder(module)
  for (const [index, { body }] of module.funcs.entries())
    if (body !== undefined) scanBody(module, body, finder.listener(index))
  return finder.finish()
}

/** Finds the facts while somebody else walks the code. */
export class FactsFinder {
  readonly #module: Module
  /** Functions, then types, then what is outside. */
  readonly #graph: Graph
  readonly #tails: TailGraph
  readonly #written = new Set<number>()

  constructor(module: Module) {
    this.#module = module
    this.#graph = new Graph(this.#out + 1)
    this.#tails = new TailGraph(module.funcs.length)
  }

  get #out(): number {
    return this.#typeNode(this.#module.types.length)
  }

  #typeNode(index: number): number {
    return this.#module.funcs.length + index
  }

  /** Is told the instructions of the function with an index, then that they were all. */
  readonly observe = (index: number): Scanner => new Scanner(this.#module, this.listener(index))

  listener(caller: number): Listener {
    const { funcs } = this.#module
    return {
      direct: (callee, isTail) => {
        this.#graph.call(caller, callee)
        if (!isTail) this.#tails.isCalled(callee)
      },
      indirect: (index) => this.#graph.call(caller, this.#typeNode(index)),
      writes: (table) => this.#written.add(table),
      found: (own) => this.#graph.set(caller, own),
      tail: (callee) => this.#tails.call(caller, callee !== undefined && isOutside(funcs[callee]) ? undefined : callee),
    }
  }

  /** When all functions that have code were told. */
  finish(): ModuleFacts {
    const { funcs, types, exports, refs, start } = this.#module
    const graph = this.#graph
    const out = this.#out
    const leave = refsLeave(this.#module)
    for (const index of reached(this.#module)) this.#tails.isReached(index)
    if (start !== undefined) this.#tails.isCalled(start)
    for (const [index, { body, builtin, type }] of funcs.entries()) {
      if (builtin !== undefined) graph.set(index, builtinFacts(builtin))
      else if (body === undefined) graph.call(index, out)
      // Calls of the types above may call it too.
      if (refs.has(index)) for (const each of withSupertypes(types, type)) graph.call(this.#typeNode(each), index)
    }
    for (const [index, { canonical }] of types.entries()) {
      if (canonical !== index) graph.call(this.#typeNode(index), this.#typeNode(canonical))
      else if (leave) graph.call(this.#typeNode(index), out)
    }
    graph.set(out, outside(this.#module))
    for (const { kind, index } of exports) if (kind === 'func') graph.call(out, index)
    if (leave) for (const index of refs) graph.call(out, index)
    const tables = closedTables(this.#module, this.#written)
    return { ...graph.solve(funcs.length, out), tables, tails: this.#tails.solve() }
  }
}

/** Whether a function is one of another module or of JavaScript; builtins call nothing. */
const isOutside = (func: Func | undefined): boolean => func?.body === undefined && func?.builtin === undefined

/** Functions that are exported, or that there may be references to. */
function reached({ exports, refs }: Module): ReadonlySet<number> {
  const exported = exports.filter(({ kind }) => kind === 'func').map(({ index }) => index)
  return new Set([...exported, ...refs])
}

/** The canonical indices of a type and of all that are declared above it, in which there may be mistakes. */
function withSupertypes(types: Module['types'], index: number): readonly number[] {
  const found: number[] = []
  for (let at: number | undefined = index; at !== undefined; at = types[at]?.supertypes[0]) {
    const canonical = types[at]?.canonical
    if (canonical === undefined || found.includes(canonical)) return found
    found.push(canonical)
  }
  return found
}

class Graph {
  readonly #effects: Int32Array
  readonly #sets: Int32Array
  readonly #changes: Int32Array
  readonly #restored: Int32Array
  /** Nodes that go on where what they called has thrown or trapped. */
  readonly #catching: number[] = []
  readonly #callers: number[][]

  constructor(nodes: number) {
    this.#effects = new Int32Array(nodes)
    this.#sets = new Int32Array(nodes)
    this.#changes = new Int32Array(nodes)
    this.#restored = new Int32Array(nodes)
    this.#callers = Array.from({ length: nodes }, () => [])
  }

  set(node: number, { effects, sets, changes, restored, catches }: OwnFacts): void {
    this.#effects[node] = effects
    this.#sets[node] = sets
    this.#changes[node] = changes
    this.#restored[node] = restored
    if (catches) this.#catching.push(node)
  }

  /** An edge. Callees that there are none of come from code that is not valid. */
  call(caller: number, callee: number): void {
    const callers = this.#callers[callee]
    if (callers !== undefined && callers[callers.length - 1] !== caller) callers.push(caller)
  }

  /** @param out the node of what is outside, behind the `funcs` functions and the types */
  solve(funcs: number, out: number): Pick<ModuleFacts, 'funcs' | 'types'> {
    this.#spread((caller, callee) => {
      const effects = this.#effects[caller]! | this.#effects[callee]!
      const sets = this.#sets[caller]! | this.#sets[callee]!
      if (effects === this.#effects[caller] && sets === this.#sets[caller]) return false
      this.#effects[caller] = effects
      this.#sets[caller] = sets
      return true
    })
    for (const node of this.#catching) this.#changes[node] = this.#sets[node]!
    this.#spread((caller, callee) => {
      const changes = this.#changes[caller]! | (this.#changes[callee]! & ~this.#restored[caller]!)
      if (changes === this.#changes[caller]) return false
      this.#changes[caller] = changes
      return true
    })
    const part = (from: number, to: number): Done => ({
      effects: this.#effects.slice(from, to),
      changes: this.#changes.slice(from, to),
    })
    return { funcs: part(0, funcs), types: part(funcs, out) }
  }

  /** Hands on what callees do until nothing is new. @param merge says whether there is something new to a caller */
  #spread(merge: (caller: number, callee: number) => boolean): void {
    const work = [...this.#callers.keys()]
    const waits = new Uint8Array(work.length).fill(1)
    for (let callee = work.pop(); callee !== undefined; callee = work.pop()) {
      waits[callee] = 0
      const callers = this.#callers[callee]!
      for (let i = 0; i < callers.length; i++) {
        const caller = callers[i]!
        if (!merge(caller, callee) || waits[caller] === 1) continue
        waits[caller] = 1
        work.push(caller)
      }
    }
  }
}
