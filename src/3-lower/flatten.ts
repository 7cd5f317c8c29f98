// Nesting that JavaScript parsers refuse is laid flat as it closes, so that no tree is ever higher than MAX_HEIGHT:
//
//   block $a { block $b { X; br $a ... } Y } Z        for (;;) { switch (state) {
//                                                        case 0: X; state = 2; continue ...
//                                                        case 1: Y
//                                                        case 2: } break }  Z
//
// Node 20 parses about 1000 nested loops and half of that on a small stack; real modules nest 3457 deep.

import { eqz } from './fold.ts'
import type { Compound, Dispatch, If, Label, Reg, Segment, Stmt } from './ir.ts'

/** A compound statement higher than this is flattened. */
export const MAX_HEIGHT = 100

/** What is not higher than this stays nested inside a segment. */
const KEEP_HEIGHT = 40

/** Lays a compound statement flat. */
export function flatten(stmt: Compound, newLabel: () => Label, state: Reg): Dispatch {
  const flattener = new Flattener(newLabel)
  flattener.compound(stmt)
  const { segments } = flattener
  const height = segments.reduce((most, { body }) => Math.max(most, heightOf(body)), 0)
  return { kind: 'dispatch', segments, state, height: height + 2, at: stmt.at }
}

const heightOf = (stmts: readonly Stmt[]): number =>
  stmts.reduce((most, stmt) => ('height' in stmt ? Math.max(most, stmt.height) : most), 0)

/** Recurses at most MAX_HEIGHT deep: what it is given is no higher than that. */
class Flattener {
  readonly segments: { label: Label; body: Stmt[] }[] = []
  readonly #newLabel: () => Label

  constructor(newLabel: () => Label) {
    this.#newLabel = newLabel
    this.#start(newLabel())
  }

  /** Begins a segment: the one before falls into it. */
  #start(label: Label): void {
    this.segments.push({ label, body: [] })
  }

  #emit(stmt: Stmt): void {
    this.segments[this.segments.length - 1]!.body.push(stmt)
  }

  #list(stmts: readonly Stmt[]): void {
    for (const stmt of stmts) {
      if ('height' in stmt && (stmt.height > KEEP_HEIGHT || stmt.kind === 'dispatch')) this.compound(stmt)
      else this.#emit(stmt)
    }
  }

  compound(stmt: Compound): void {
    switch (stmt.kind) {
      case 'block':
        this.#list(stmt.body)
        return this.#start(stmt.label)
      case 'loop':
        this.#start(stmt.label)
        return this.#list(stmt.body)
      case 'if':
        return this.#if(stmt)
      case 'dispatch':
        for (const segment of stmt.segments) this.#segment(segment)
        return
      case 'switch':
        this.#emit(stmt)
    }
  }

  #segment({ label, body }: Segment): void {
    this.#start(label)
    for (const stmt of body) this.#emit(stmt)
  }

  #if(stmt: If): void {
    const otherwise = this.#newLabel()
    const end = stmt.label ?? this.#newLabel()
    this.#emit({
      kind: 'if', cond: eqz(stmt.cond), label: undefined, then: [this.#branch(otherwise, stmt.at)], else: [], height: 1, at: stmt.at,
    })
    this.#list(stmt.then)
    if (stmt.else.length > 0) {
      this.#emit(this.#branch(end, stmt.at))
      this.#start(otherwise)
      this.#list(stmt.else)
    } else {
      this.#start(otherwise)
    }
    this.#start(end)
  }

  #branch(label: Label, at: number): Stmt {
    label.uses++
    return { kind: 'br', label, at }
  }
}
