// Random functions that are nothing but control: blocks, loops, ifs and switches inside each other, full of branches to all
// of their labels. A function takes the seed of its decisions, and gives a checksum of the way that control took.

import { constant, ELSE, END, ins, opcode, open } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { Random } from './random.ts'

const SIGNATURE = { params: ['i32'], results: ['i32'] } as const

/** Locals: the state of the decisions, the checksum, and the rounds that loops have left. */
const [DECISIONS, SUM, ROUNDS] = [0, 1, 2]
const MAX_ROUNDS = 60

const get = (local: number): number[] => ins('local.get', local)
const i32 = (value: number): number[] => constant('i32', BigInt(value))

/** The next decision, from 0 to `count` - 1. */
const decide = (count: number): number[] => [
  ...get(DECISIONS),
  ...i32(1664525),
  ...opcode('i32.mul'),
  ...i32(1013904223),
  ...opcode('i32.add'),
  ...ins('local.tee', DECISIONS),
  ...i32(16),
  ...opcode('i32.shr_u'),
  ...i32(count),
  ...opcode('i32.rem_u'),
]

/** Counts a round; whether there are more. */
const NEXT_ROUND = [...get(ROUNDS), ...i32(1), ...opcode('i32.sub'), ...ins('local.tee', ROUNDS)]

const GIVE_SUM = [...get(SUM), ...opcode('return')]

class BodyWriter {
  readonly #random: Random
  #steps = 0
  /** Two labels that most branches go to, by how many labels are around them: then ways meet, as in real programs. */
  readonly #favourites = [0, 1]
  /** Statements that may still hold others. */
  #room: number

  constructor(random: Random, room: number) {
    this.#random = random
    this.#room = room
  }

  /** Notes that control comes here. */
  #step(): number[] {
    const step = [...get(SUM), ...i32(31), ...opcode('i32.mul'), ...i32(++this.#steps), ...opcode('i32.add')]
    return [...step, ...ins('local.set', SUM)]
  }

  /** @param around how many labels there are, that of the function not counted */
  list(around: number): number[] {
    const random = this.#random
    const code: number[] = []
    if (random.chance(20)) this.#favourites[random.below(2)] = random.below(around + 1)
    for (let left = random.between(0, 3); left > 0; left--) code.push(...this.#statement(around))
    if (around > 0 && random.chance(75)) code.push(...ins('br', this.#label(around)))
    else if (random.chance(8)) code.push(...GIVE_SUM)
    return code
  }

  /** One of the labels around, as an instruction names it. */
  #label(around: number): number {
    const favourite = this.#random.pick(this.#favourites)
    return favourite < around && this.#random.chance(80) ? around - 1 - favourite : this.#random.below(around)
  }

  #statement(around: number): number[] {
    const random = this.#random
    const kind = random.below(100)
    if (kind < 15) return this.#step()
    if (kind < 45 && around > 0) return [...decide(random.between(2, 3)), ...ins('br_if', this.#label(around))]
    if (this.#room-- <= 0) return this.#step()
    if (kind < 53) return [...open('block', undefined), ...this.list(around + 1), END]
    if (kind < 57) return this.#loop(around)
    if (kind < 67) return this.#if(around)
    return this.#switch(around)
  }

  #if(around: number): number[] {
    const otherwise = this.#random.chance(50) ? [ELSE, ...this.list(around + 1)] : []
    return [...decide(2), ...open('if', undefined), ...this.list(around + 1), ...otherwise, END]
  }

  #loop(around: number): number[] {
    const stop = [...NEXT_ROUND, ...opcode('i32.eqz'), ...open('if', undefined), ...GIVE_SUM, END]
    return [...open('loop', undefined), ...stop, ...this.list(around + 1), END]
  }

  /** A `br_table` out of a block for each case; some targets are labels further out. */
  #switch(around: number): number[] {
    const random = this.#random
    const cases = random.between(2, 4)
    const labels = around + cases + 1
    const target = (): number => (random.chance(85) ? random.below(cases + 1) : random.below(labels))
    const targets = Array.from({ length: random.between(cases, cases + 2) }, target)
    let code = [...decide(targets.length + 1), ...ins('br_table', targets.length, ...targets, target())]
    for (let i = 0; i < cases; i++) {
      code = [...open('block', undefined), ...code, END, ...this.list(around + cases - i)]
    }
    return [...open('block', undefined), ...code, END]
  }
}

/** A module of functions `f0`, `f1`, ... that each take and give an i32. */
export function branches(seed: number, functions: number, room: number): Uint8Array<ArrayBuffer> {
  const random = new Random(seed)
  const builder = new ModuleBuilder()
  for (let i = 0; i < functions; i++) {
    const body = [...open('block', undefined), ...new BodyWriter(random, room).list(1), END]
    const again = [...NEXT_ROUND, ...ins('br_if', 0)]
    const loop = [...open('loop', undefined), ...body, ...again, END]
    const code = [...i32(MAX_ROUNDS), ...ins('local.set', ROUNDS), ...loop, ...get(SUM)]
    builder.export(`f${i}`, 'func', builder.func(SIGNATURE, ['i32', 'i32'], code))
  }
  return builder.build()
}
