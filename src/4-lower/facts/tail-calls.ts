// Which tail calls may be plain calls. A trampoline (runtime/tail.ts) is for chains of tail calls that may be long: those that
// come back to the function they are from. A call that leaves its group of functions for good adds one frame to the stack,
// and no chain does that more often than there are groups; what follows is a chain of its own.
//
//   $even -> $odd -> $even     trampoline, or a loop (tail-loops.ts)        $even -> $fail     return f7(a)
//
// Groups are the strongly connected components of the graph of tail calls (Tarjan 1972). What is outside, or called through a
// table or a reference, may tail-call whatever can be reached from there.

/** Frames that a chain of tail calls may leave on the stack. */
const MAX_FRAMES = 32

export interface TailGroups {
  /** The number of a function's group. */
  readonly group: Int32Array
  /** The most frames that chains of plain calls from a function leave on the stack. */
  readonly frames: Int32Array
  readonly loops: readonly TailLoop[]
}

/** Two or more functions that tail-call each other by name: what may become a loop (tail-loops.ts). */
export interface TailLoop {
  readonly members: readonly number[]
  /** Those of them that anything else may call. */
  readonly entries: readonly number[]
}

export const isPlainTail = ({ group, frames }: TailGroups, caller: number, callee: number): boolean =>
  group[caller] !== group[callee] && frames[callee]! < MAX_FRAMES

/** The graph of tail calls of a module. */
export class TailGraph {
  readonly #funcs: number
  readonly #callees: number[][]
  /** 1 for functions that something else than tail calls by name may call. */
  readonly #isCalled: Uint8Array
  #hasNamed = false

  /** @param funcs how many functions there are: the node behind them is what is outside */
  constructor(funcs: number) {
    this.#funcs = funcs
    this.#callees = Array.from({ length: funcs + 1 }, () => [])
    this.#isCalled = new Uint8Array(funcs)
  }

  /** @param callee undefined: not known, which is what is outside */
  call(caller: number, callee = this.#funcs): void {
    if (callee <= this.#funcs) this.#callees[caller]!.push(callee)
    this.#hasNamed ||= callee < this.#funcs
  }

  /** Something outside may call the function. */
  isReached(func: number): void {
    this.#callees[this.#funcs]!.push(func)
    this.isCalled(func)
  }

  /** There is a call of the function that is no tail call. */
  isCalled(func: number): void {
    this.#isCalled[func] = 1
  }

  /** Without recursion: chains may be as long as there are functions. */
  solve(): TailGroups {
    const { group, frames } = searched(this.#callees)
    return { group, frames, loops: this.#hasNamed ? this.#loops() : [] }
  }

  #loops(): TailLoop[] {
    const callees = this.#callees.slice(0, -1).map((all) => all.filter((callee) => callee < this.#funcs))
    const { group } = searched(callees)
    const members = new Map<number, number[]>()
    const entered = new Set<number>()
    for (const [func, named] of callees.entries()) {
      for (const callee of named) if (group[callee] !== group[func]) entered.add(callee)
      if (named.length === 0) continue
      const found = members.get(group[func]!)
      if (found === undefined) members.set(group[func]!, [func])
      else found.push(func)
    }
    const isEntry = (func: number): boolean => this.#isCalled[func] === 1 || entered.has(func)
    return [...members.values()]
      .filter(({ length }) => length > 1)
      .map((all) => ({ members: all, entries: all.filter(isEntry) }))
  }
}

function searched(callees: readonly (readonly number[])[]): Search {
  const search = new Search(callees, callees.length)
  for (let node = 0; node < callees.length; node++) if (!search.isSeen(node)) search.from(node)
  return search
}

class Search {
  readonly group: Int32Array
  readonly frames: Int32Array
  readonly #callees: readonly (readonly number[])[]
  /** When a node was first seen, from 1, and the earliest of those that it leads back to. */
  readonly #seen: Int32Array
  readonly #low: Int32Array
  /** The callee to go to next. */
  readonly #next: Int32Array
  readonly #open: number[] = []
  #time = 0
  #groups = 0

  constructor(callees: readonly (readonly number[])[], count: number) {
    this.#callees = callees
    this.group = new Int32Array(count).fill(-1)
    this.frames = new Int32Array(count)
    this.#seen = new Int32Array(count)
    this.#low = new Int32Array(count)
    this.#next = new Int32Array(count)
  }

  isSeen(node: number): boolean {
    return this.#seen[node] !== 0
  }

  from(start: number): void {
    const path: number[] = []
    this.#enter(start, path)
    for (let node = start; ; node = path[path.length - 1]!) {
      const callee = this.#callees[node]![this.#next[node]!++]
      if (callee === undefined) {
        path.pop()
        this.#leave(node)
        const caller = path[path.length - 1]
        if (caller === undefined) return
        this.#low[caller] = Math.min(this.#low[caller]!, this.#low[node]!)
      } else if (!this.isSeen(callee)) this.#enter(callee, path)
      else if (this.group[callee] === -1) this.#low[node] = Math.min(this.#low[node]!, this.#seen[callee]!)
    }
  }

  #enter(node: number, path: number[]): void {
    this.#seen[node] = ++this.#time
    this.#low[node] = this.#time
    path.push(node)
    this.#open.push(node)
  }

  /** Closes a group with the first of its nodes that was seen; those that it leads to are closed. */
  #leave(node: number): void {
    if (this.#low[node] !== this.#seen[node]) return
    const members = this.#open.splice(this.#open.lastIndexOf(node))
    const group = this.#groups++
    for (const member of members) this.group[member] = group
    const callees = members.flatMap((member) => this.#callees[member]!)
    // What is too much is not added: such a call is not plain.
    const most = callees.reduce((frames, callee) => {
      const more = this.group[callee] === group ? 0 : this.frames[callee]! + 1
      return more > MAX_FRAMES ? frames : Math.max(frames, more)
    }, 0)
    for (const member of members) this.frames[member] = most
  }
}
