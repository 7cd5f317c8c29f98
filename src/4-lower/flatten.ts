// Nesting that JavaScript parsers refuse is laid flat as it closes, so that no tree is ever higher than `Limits.height`:
//
//   block $a { block $b { X; br $a ... } Y } Z        for (;;) { switch (state) {
//                                                        case 0: X; state = 2; continue ...
//                                                        case 1: Y
//                                                        case 2: } break }  Z
//
// Node 20 parses about 1000 nested loops and half of that on a small stack; real modules nest 3457 deep.

import { eqz } from '../3-ir/fold.ts'
import type { Arm, Compound, Dispatch, If, Label, Stmt, Try } from '../3-ir/ir.ts'
import { leaves } from '../3-ir/leaves.ts'
import type { Fresh } from '../3-ir/registers.ts'
import { branch, choice, completeDispatch, isCompound, openDispatch } from '../3-ir/statements.ts'
import type { Limits } from './limits.ts'

/** A dispatch that was inside is one piece, so that deep nesting is not copied once for each level. */
interface Taken {
  readonly dispatch: Dispatch
  /** Of those of its arms that have none. */
  readonly handler: Label | undefined
}

type Piece = Arm | Taken

/** The dispatches of one function. They get their arms at its end, when it is known which are inside others. */
export class Flattening {
  readonly #limits: Limits
  readonly #pieces = new Map<Dispatch, readonly Piece[]>()
  readonly #inside = new Set<Dispatch>()

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Whether a compound statement is to be laid flat. */
  wants(stmt: Compound): boolean {
    return stmt.height > this.#limits.height
  }

  /** Lays a compound statement flat. */
  flatten(stmt: Compound, fresh: Fresh): Dispatch {
    const flattener = new Flattener(fresh, this.#limits.keptHeight)
    flattener.compound(stmt)
    for (const piece of flattener.pieces) if ('dispatch' in piece) this.#inside.add(piece.dispatch)
    const last = flattener.pieces[flattener.pieces.length - 1]!
    const end = 'dispatch' in last ? last.dispatch.bodies[0]! : last.body
    const made = openDispatch(fresh.reg('i32'), flattener.height, end, stmt.at)
    this.#pieces.set(made, flattener.pieces)
    return made
  }

  /** Gives the outermost dispatches all arms, in order. */
  finish(): void {
    for (const [made, pieces] of this.#pieces) if (!this.#inside.has(made)) completeDispatch(made, this.#listOf(pieces))
  }

  /** The pieces are nested deep. */
  #listOf(outermost: readonly Piece[]): Arm[] {
    const arms: Arm[] = []
    const rest: Piece[] = []
    const put = (pieces: readonly Piece[], handler: Label | undefined): void => {
      for (let i = pieces.length - 1; i >= 0; i--) {
        const piece = pieces[i]!
        rest.push(handler === undefined || piece.handler !== undefined ? piece : { ...piece, handler })
      }
    }
    put(outermost, undefined)
    for (let piece = rest.pop(); piece !== undefined; piece = rest.pop()) {
      if ('dispatch' in piece) put(this.#pieces.get(piece.dispatch)!, piece.handler)
      else arms.push(piece)
    }
    return arms
  }
}

/** Recurses no deeper than what it is given is high: that is not much higher than `Limits.height`. */
class Flattener {
  readonly pieces: Piece[] = []
  /** Of the dispatch: itself, its switch and what is in its arms. */
  height = 2
  /** Of the arm that statements go to; undefined after a dispatch that was taken over. */
  #body: Stmt[] | undefined
  /** Where exceptions go that are thrown in what comes next. */
  #handler: Label | undefined
  readonly #fresh: Fresh
  readonly #keptHeight: number

  constructor(fresh: Fresh, keptHeight: number) {
    this.#fresh = fresh
    this.#keptHeight = keptHeight
    this.#start(fresh.label())
  }

  /** Begins an arm: the one before falls into it. */
  #start(label: Label): void {
    const body: Stmt[] = []
    this.#body = body
    this.pieces.push({ label, also: [], body, handler: this.#handler })
  }

  #emit(stmt: Stmt): void {
    if (isCompound(stmt)) this.height = Math.max(this.height, stmt.height + 2)
    if (this.#body === undefined) this.#start(this.#fresh.label())
    this.#body!.push(stmt)
  }

  #take(dispatch: Dispatch): void {
    this.height = Math.max(this.height, dispatch.height)
    this.pieces.push({ dispatch, handler: this.#handler })
    this.#body = undefined
  }

  #list(stmts: readonly Stmt[]): void {
    for (const stmt of stmts) {
      if (isCompound(stmt) && (stmt.height > this.#keptHeight || stmt.kind === 'dispatch')) this.compound(stmt)
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
        return this.#take(stmt)
      case 'try':
        return this.#try(stmt)
      case 'switch':
        return this.#emit(stmt)
      default:
        return stmt satisfies never
    }
  }

  //   try { A } catch { B }        0 throws 1: A; br 2 | 1: B | 2:
  #try({ body, handler, at }: Try): void {
    const [outer, caught, end] = [this.#handler, this.#fresh.label(), this.#fresh.label()]
    this.#handler = caught
    this.#start(this.#fresh.label())
    this.#list(body)
    if (!leaves(body)) this.#emit(branch(end, at))
    this.#handler = outer
    this.#start(caught)
    this.#list(handler)
    if (!leaves(body) || !leaves(handler)) this.#start(end)
  }

  #if(stmt: If): void {
    const end = stmt.label ?? this.#fresh.label()
    const otherwise = stmt.else.length > 0 ? this.#fresh.label() : end
    this.#emit(choice(eqz(stmt.cond), undefined, [branch(otherwise, stmt.at)], [], stmt.at))
    this.#list(stmt.then)
    const falls = stmt.else.length === 0 || !leaves(stmt.then)
    if (stmt.else.length > 0) {
      if (falls) this.#emit(branch(end, stmt.at))
      this.#start(otherwise)
      this.#list(stmt.else)
    }
    if (falls || stmt.label !== undefined) this.#start(end)
  }
}
