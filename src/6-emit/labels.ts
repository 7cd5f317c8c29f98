// Which jump reaches a label, and names for the labels that are needed.
//
//   a: for (;;) { b: { for (;;) { if (x) break b; break a } } }        a: for (;;) { for (;;) { if (x) break; break a } }

import type * as es from 'estree'
import type { Label } from '../3-ir/ir.ts'
import { leadsTo, type Next } from '../5-optimize/structure/tails.ts'
import { breakTo, continueTo, id, labeled } from './build.ts'

type Kind = 'block' | 'loop' | 'switch'

/** A statement that jumps leave, or begin again. */
interface Target {
  readonly kind: Kind
  /** Of a loop or block. */
  readonly label: Label | undefined
  /** Where control goes from its end. */
  readonly next: Next | undefined
  /** One node for all places; it gets its name when the statement is complete. */
  readonly name: es.Identifier
  isNamed: boolean
  isContinued: boolean
  /** Levels of named statements inside. */
  inside: number
}

export class Labels {
  readonly #around: Target[] = []
  readonly #name: (level: number) => string

  /** @param name by level: labels of one level share it, since none is inside the other. Text repeats better so. */
  constructor(name: (level: number) => string) {
    this.#name = name
  }

  /** Emits a statement that jumps may leave, with its label if it needs one. */
  around(kind: Kind, label: Label | undefined, next: Next | undefined, emit: () => es.Statement): es.Statement {
    const target = { kind, label, next, name: id(''), isNamed: false, isContinued: false, inside: 0 }
    this.#around.push(target)
    const statement = emit()
    this.#around.pop()
    const levels = target.inside + Number(target.isNamed)
    const outer = this.#around[this.#around.length - 1]
    if (outer !== undefined && outer.inside < levels) outer.inside = levels
    if (!target.isNamed) return statement
    target.name.name = this.#name(target.inside)
    return labeled(target.name, statement)
  }

  /** Whether the innermost statement around, a loop, is continued anywhere so far. */
  get isContinued(): boolean {
    return this.#around[this.#around.length - 1]!.isContinued
  }

  /** Whether a plain `break` in the innermost statement around, a loop, goes to the label. */
  breaksTo(label: Label): boolean {
    return leadsTo(this.#around[this.#around.length - 1]!.next, label)
  }

  /** To the label of a block or `if` around, or of a loop. */
  jump(label: Label): es.Statement {
    let loops = 0
    let breakable = 0
    for (let i = this.#around.length - 1; i >= 0; i--) {
      const target = this.#around[i]!
      if (target.label === label) return target.kind === 'loop' ? this.#continue(target, loops) : this.#break(target)
      if (target.kind === 'block') continue
      const isNear = breakable === 0
      if (leadsTo(target.next, label) && (isNear || !this.#isContinue(label, i, loops)))
        return this.#break(target, !isNear)
      breakable++
      if (target.kind === 'loop') loops++
    }
    throw new Error('branch to a label that is not around')
  }

  /** To the start of the loop with this label. */
  restart(label: Label): es.Statement {
    let loops = 0
    for (let i = this.#around.length - 1; i >= 0; i--) {
      const target = this.#around[i]!
      if (target.label === label) return this.#continue(target, loops)
      if (target.kind === 'loop') loops++
    }
    throw new Error('no such loop around')
  }

  /** Whether the label is that of the next loop around, which `continue` reaches without a name. */
  #isContinue(label: Label, from: number, loops: number): boolean {
    if (loops > 0) return false
    for (let i = from; i >= 0; i--) {
      const { kind, label: own } = this.#around[i]!
      if (kind === 'loop') return own === label
    }
    return false
  }

  #break(target: Target, needsName = true): es.Statement {
    if (needsName) target.isNamed = true
    return breakTo(needsName ? target.name : null)
  }

  #continue(target: Target, loops: number): es.Statement {
    target.isContinued = true
    if (loops > 0) target.isNamed = true
    return continueTo(loops > 0 ? target.name : null)
  }
}
