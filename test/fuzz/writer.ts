// Writes the code of one random function. Rules give pieces of code that keep the operand stack typed; values that an
// earlier piece left below wait there, whatever the later pieces do.

import { ins, type NumName, opcode } from '../binary/code.ts'
import type { Random } from './random.ts'

export interface NumSignature {
  readonly params: readonly NumName[]
  readonly results: readonly NumName[]
}

/** The module around a function. */
export interface Surroundings {
  /** Functions that may be called, imports included, by index. */
  readonly functions: readonly NumSignature[]
  /** Mutable globals that may be read and written. */
  readonly globals: readonly { readonly type: NumName; readonly index: number }[]
  /** The global that counts loop rounds and calls down; a function traps when it is used up. */
  readonly fuel: number
  /** Indices of passive data and element segments. */
  readonly data: readonly number[]
  readonly elements: readonly number[]
  /** The index of a function type. */
  readonly type: (signature: NumSignature) => number
}

/** A rule for a value of a type; undefined where it does not apply. `raw` as in `Writer.value`. */
export type ValueRule = (writer: Writer, type: NumName, raw: boolean) => number[] | undefined
/** A rule for code that leaves the stack as it is. */
export type StatementRule = (writer: Writer) => number[] | undefined

export interface Rules {
  /** For when the budget is spent. */
  readonly leaf: ValueRule
  /** With weights. */
  readonly values: readonly (readonly [weight: number, rule: ValueRule])[]
  readonly statements: readonly (readonly [weight: number, rule: StatementRule])[]
}

const NOTHING: number[] = []

function weighted<R>(random: Random, rules: readonly (readonly [number, R])[]): R {
  let at = random.below(rules.reduce((sum, [weight]) => sum + weight, 0))
  for (const [weight, rule] of rules) {
    if (at < weight) return rule
    at -= weight
  }
  throw new Error('weights must be positive')
}

export class Writer {
  readonly random: Random
  readonly around: Surroundings
  readonly signature: NumSignature
  /** Types of all locals, parameters first. */
  readonly locals: NumName[]
  /** Types that a branch takes, the innermost label last; the first is the function's. */
  readonly labels: (readonly NumName[])[]
  readonly #rules: Rules
  /** How often the code that is being written runs at most, for one call of the function. */
  rounds = 1
  /** Statements that one call of the function runs at most. */
  cost = 0
  readonly #scratch = new Map<NumName, number>()
  readonly #reserved = new Set<number>()
  #budget: number

  constructor(random: Random, around: Surroundings, signature: NumSignature, rules: Rules, budget: number) {
    this.random = random
    this.around = around
    this.signature = signature
    this.locals = [...signature.params]
    this.labels = [signature.results]
    this.#rules = rules
    this.#budget = budget
  }

  /** A local of the type for a value that is read at once, before other code can run. */
  scratch(type: NumName): number {
    const index = this.#scratch.get(type) ?? this.locals.push(type) - 1
    this.#scratch.set(type, index)
    return index
  }

  /** A local that only the code that reserved it sets. */
  reserve(type: NumName): number {
    const index = this.locals.push(type) - 1
    this.#reserved.add(index)
    return index
  }

  /** Whether only the code that reserved a local sets it. */
  isReserved(index: number): boolean {
    return this.#reserved.has(index)
  }

  /** @returns the index of a local, of the type if one is given, or undefined if there is none; no scratch or reserved one */
  local(type?: NumName): number | undefined {
    const scratch = [...this.#scratch.values()]
    const fits = (of: NumName, index: number): boolean =>
      (type ?? of) === of && !scratch.includes(index) && !this.#reserved.has(index)
    const indices = this.locals.flatMap((of, index) => (fits(of, index) ? [index] : []))
    return indices.length === 0 ? undefined : this.random.pick(indices)
  }

  /**
   * Code that pushes a value. With `raw` it may be a NaN whose sign and payload the specification leaves open: only for
   * operands of instructions that do not show them.
   */
  value(type: NumName, raw = false): number[] {
    const code = this.#budget-- > 0 ? weighted(this.random, this.#rules.values)(this, type, raw) : undefined
    return code ?? (this.#rules.leaf(this, type, raw) as number[])
  }

  /** Code that pushes values, with statements now and then while the first ones wait. */
  values(types: readonly NumName[], raw = false): number[] {
    const pieces = types.map((type) => [...this.value(type, raw), ...(this.random.chance(12) ? this.statement() : [])])
    return NOTHING.concat(...pieces)
  }

  /** @param rule that is to be taken, while there is budget; without it, any. */
  statement(rule?: StatementRule): number[] {
    if (this.#budget-- <= 0) return []
    this.cost += this.rounds
    return (rule ?? weighted(this.random, this.#rules.statements))(this) ?? []
  }

  statements(most: number): number[] {
    return NOTHING.concat(...Array.from({ length: this.random.below(most + 1) }, () => this.statement()))
  }

  /** Runs `write` for code that runs `times` as often as the code around it. */
  repeated(times: number, write: () => number[]): number[] {
    const before = this.rounds
    this.rounds = before * times
    const code = write()
    this.rounds = before
    return code
  }

  /** Runs `write` inside a label that takes `types`. */
  inside(types: readonly NumName[], write: () => number[]): number[] {
    this.labels.push(types)
    const code = write()
    this.labels.pop()
    return code
  }

  /** Code that pops values of the types, the last first: into locals, or nowhere. */
  consume(types: readonly NumName[]): number[] {
    return [...types].reverse().flatMap((type) => {
      const local = this.random.chance(70) ? this.local(type) : undefined
      return local === undefined ? opcode('drop') : ins('local.set', local)
    })
  }
}
