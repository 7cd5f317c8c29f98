// Gives every register a JavaScript variable. Wasm locals keep one each; temporaries of one type share variables when
// their lives do not overlap (linear scan, Poletto & Sarkar 1999): engines keep a stack slot for every variable.

import type { Dispatch, Expr, Func, Reg, RegType, Stmt } from '../3-lower/ir.ts'
import { forEachRead } from '../3-lower/reads.ts'

/** Variable numbers by register id; each variable holds registers of one type. */
export interface Allocation {
  readonly variable: Int32Array
  /** Type of each variable. */
  readonly types: readonly RegType[]
}

interface Life {
  readonly reg: Reg
  first: number
  last: number
  /** The last outermost loop that reads it though it was set before: it lives to that loop's end. */
  loop: Range | undefined
  /** Where it was first seen, to notice lives that cross the segments of a dispatch. */
  readonly home: SegmentPlace | undefined
}

interface Range {
  readonly start: number
  end: number
}

interface SegmentPlace {
  readonly range: Range
  readonly segment: number
}

/** @returns the variables of a function: parameters first, then locals, then what temporaries share */
export function allocate(func: Func): Allocation {
  const lives = new LifeFinder(func.regCount).find(func.body)
  const variable = new Int32Array(func.regCount).fill(-1)
  const types: RegType[] = []
  for (const reg of [...func.params, ...func.locals]) {
    variable[reg.id] = types.push(reg.type) - 1
  }
  share(
    lives.filter(({ reg }) => variable[reg.id] === -1),
    variable,
    types,
  )
  return { variable, types }
}

/** Linear scan: a variable is free again when the life that holds it has ended. */
function share(lives: Life[], variable: Int32Array, types: RegType[]): void {
  const free: Record<RegType, number[]> = { i32: [], f32: [], f64: [], ref: [] }
  const byFirst = [...lives].sort((a, b) => a.first - b.first)
  const byLast = [...lives].sort((a, b) => a.last - b.last)
  let ended = 0
  for (const { reg, first } of byFirst) {
    while (byLast[ended]!.last <= first && variable[byLast[ended]!.reg.id] !== -1) {
      const { reg: old } = byLast[ended++]!
      free[old.type].push(variable[old.id]!)
    }
    variable[reg.id] = free[reg.type].pop() ?? types.push(reg.type) - 1
  }
}

/** Whether a known loop ends after another that is open: it must be open too, around it. */
const endsLater = (known: Range | undefined, open: Range): boolean =>
  known !== undefined && known.end === Number.MAX_SAFE_INTEGER && known.start <= open.start

class LifeFinder {
  readonly #lives: (Life | undefined)[]
  readonly #order: Life[] = []
  readonly #loops: Range[] = []
  /** Where the innermost loop starts: before the function, if there is none. */
  #innermost = -1
  readonly #places: { range: Range; segment: number }[] = []
  #now = 0

  constructor(regCount: number) {
    this.#lives = new Array(regCount)
  }

  find(body: readonly Stmt[]): Life[] {
    this.#list(body)
    for (const life of this.#order) {
      if (life.loop !== undefined && life.loop.end > life.last) life.last = life.loop.end
    }
    return this.#order
  }

  #list(stmts: readonly Stmt[]): void {
    for (const stmt of stmts) {
      this.#now++
      this.#stmt(stmt)
    }
  }

  #stmt(stmt: Stmt): void {
    switch (stmt.kind) {
      case 'set':
        this.#expr(stmt.value)
        return this.#touch(stmt.reg)
      case 'expr':
      case 'global.set':
        return this.#expr(stmt.value)
      case 'store':
        this.#expr(stmt.addr)
        return this.#expr(stmt.value)
      case 'return':
        return stmt.values.forEach((value) => this.#expr(value))
      case 'tail':
        return this.#expr(stmt.call)
      case 'block':
        return this.#list(stmt.body)
      case 'loop':
        this.#loop(() => this.#list(stmt.body))
        return
      case 'if':
        this.#expr(stmt.cond)
        this.#list(stmt.then)
        return this.#list(stmt.else)
      case 'switch':
        this.#expr(stmt.index)
        return stmt.cases.forEach(({ body }) => this.#list(body))
      case 'dispatch':
        return this.#dispatch(stmt)
    }
  }

  #loop(body: () => void): Range {
    const range = { start: this.#now, end: Number.MAX_SAFE_INTEGER }
    const outer = this.#innermost
    this.#loops.push(range)
    this.#innermost = range.start
    body()
    this.#loops.pop()
    this.#innermost = outer
    range.end = ++this.#now
    return range
  }

  /** Control goes from any segment to any other, so a life in two segments spans them all. */
  #dispatch(stmt: Dispatch): void {
    this.#touch(stmt.state)
    this.#loop(() => {
      const place = { range: this.#loops[this.#loops.length - 1]!, segment: 0 }
      this.#places.push(place)
      for (const { body } of stmt.segments) {
        this.#list(body)
        place.segment++
      }
      this.#places.pop()
      this.#touch(stmt.state)
    })
  }

  #expr(e: Expr): void {
    forEachRead(e, this.#touch)
  }

  readonly #touch = (reg: Reg): void => {
    const life = this.#lives[reg.id]
    if (life === undefined) return this.#born(reg)
    life.last = this.#now
    if (this.#innermost >= life.first) {
      const loop = this.#loops.find(({ start }) => start >= life.first)!
      if (!endsLater(life.loop, loop)) life.loop = loop
    }
    if (life.home !== undefined) this.#crossSegments(life)
  }

  #born(reg: Reg): void {
    const place = this.#places[this.#places.length - 1]
    const life = { reg, first: this.#now, last: this.#now, loop: undefined, home: place && { ...place } }
    this.#lives[reg.id] = life
    this.#order.push(life)
  }

  #crossSegments(life: Life): void {
    const home = life.home!
    const place = this.#places.find(({ range }) => range === home.range)
    if (place === undefined || place.segment === home.segment) return
    life.first = home.range.start
    life.loop = home.range
  }
}
