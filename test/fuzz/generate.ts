// Generates a random valid module and says what it exports.

import { carrier, fromBits, toBits } from '../binary/bits.ts'
import { constant, ins, type NumName, opcode } from '../binary/code.ts'
import { EDGES } from '../binary/edges.ts'
import { fixed } from '../binary/leb.ts'
import { type Limits, ModuleBuilder } from '../binary/module.ts'
import { burn, controlRules } from './control.ts'
import { Random } from './random.ts'
import { stateStatements } from './state.ts'
import { plainValues } from './values.ts'
import { type NumSignature, type Rules, type Surroundings, Writer } from './writer.ts'

const SIGNALLING = 0xff80_0123n

const TYPES: readonly NumName[] = ['i32', 'i64', 'f32', 'f64']

const RULES: Rules = {
  leaf: plainValues.leaf,
  values: [...plainValues.values, ...controlRules.values],
  statements: [...stateStatements, ...controlRules.statements],
}

/** Host functions, imported from `host`; what they do is in run.ts. */
const HOST: Record<string, NumSignature> = {
  note: { params: ['i32'], results: [] },
  mix: { params: ['i64', 'i32'], results: ['i64'] },
  half: { params: ['f64'], results: ['f64'] },
  grow: { params: [], results: ['i32'] },
  pair: { params: ['f32', 'i32'], results: ['i32', 'f32'] },
}

export const MEMORY: Limits = { min: 1, max: 3 }
export const TABLE: Limits = { min: 8, max: 12 }

export interface Generated {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Exported functions `f0`, `f1`, ... which take and give carriers. */
  readonly functions: readonly NumSignature[]
  /** Exported functions `g0`, `g1`, ... which read a global as carrier. */
  readonly globals: readonly NumName[]
}

interface Declared {
  readonly index: number
  readonly type: NumSignature
}

class Generator {
  readonly #random: Random
  readonly #size: number
  readonly #builder = new ModuleBuilder()

  constructor(seed: number, size: number) {
    this.#random = new Random(seed)
    this.#size = size
  }

  /** The memory and the table: own or imported, always exported. */
  #spaces(): void {
    const random = this.#random
    const memory = random.chance(50)
      ? this.#builder.importMemory('host', 'memory', MEMORY)
      : this.#builder.memory(MEMORY)
    const table = random.chance(50)
      ? this.#builder.importTable('host', 'table', 'funcref', TABLE)
      : this.#builder.table('funcref', TABLE)
    this.#builder.export('memory', 'memory', memory)
    this.#builder.export('table', 'table', table)
  }

  #globals(): { fuel: number; globals: Surroundings['globals'] } {
    const imported = this.#builder.importGlobal('host', 'global', 'i64', true)
    const types = [...TYPES, ...this.#random.some(TYPES, 0, 3)]
    const own = types.map((type) => ({
      type,
      index: this.#builder.global(type, true, constant(type, this.#random.pick(EDGES[type]))),
    }))
    const fuel = this.#builder.global('i32', true, constant('i32', 0n))
    this.#builder.export('fuel', 'global', fuel)
    return { fuel, globals: [{ type: 'i64', index: imported }, ...own] }
  }

  #segments(functions: readonly number[]): Pick<Surroundings, 'data' | 'elements'> {
    const random = this.#random
    const bytes = (): number[] => Array.from({ length: random.below(40) }, () => random.below(256))
    const data = [this.#builder.data(bytes()), this.#builder.data(bytes())]
    for (let i = 0; i < 3; i++) {
      this.#builder.data(bytes(), { memory: 0, offset: constant('i32', BigInt(random.below(65536 - 40))) })
    }
    const edges = random.some(EDGES.f32, 16, 16).flatMap((bits) => fixed(random.chance(50) ? SIGNALLING : bits, 4))
    this.#builder.data(edges, { memory: 0, offset: constant('i32', 0n) })
    const elements = [this.#builder.elements(functions), this.#builder.elements(random.some(functions, 0, 6))]
    this.#builder.elements(random.some(functions, 4, 8), { table: 0, offset: constant('i32', 0n) })
    return { data, elements }
  }

  #signature = (): NumSignature => ({
    params: this.#random.some(TYPES, 0, 4),
    results: this.#random.chance(75) ? [this.#random.pick(TYPES)] : this.#random.some(TYPES, 0, 3),
  })

  #define(index: number, signature: NumSignature, around: Surroundings): void {
    const writer = new Writer(this.#random, around, signature, RULES, this.#random.between(this.#size >> 3, this.#size))
    writer.locals.push(...this.#random.some(TYPES, 1, 6))
    const empty = [...signature.results.flatMap((type) => constant(type, 5n)), ...opcode('return')]
    const code = [...burn(around.fuel, 1n, empty), ...writer.statements(6), ...writer.values(signature.results)]
    this.#builder.define(index, writer.locals.slice(signature.params.length), code)
  }

  /** A function of a few instructions, as compilers put where they are called; what it calls is no such function. */
  #defineSmall(index: number, signature: NumSignature, around: Surroundings): void {
    const writer = new Writer(this.#random, around, signature, RULES, this.#random.below(5))
    const code = [...writer.statements(2), ...writer.values(signature.results)]
    this.#builder.define(index, writer.locals.slice(signature.params.length), code)
  }

  /** A function around another that passes floats as their bits. */
  #export(name: string, index: number, { params, results }: NumSignature): void {
    const first = params.length
    const code = [
      ...params.flatMap((type, i) => [...ins('local.get', i), ...fromBits(type)]),
      ...ins('call', index),
      ...results.flatMap((_, i) => ins('local.set', first + results.length - 1 - i)),
      ...results.flatMap((type, i) => [...ins('local.get', first + i), ...toBits(type)]),
    ]
    const signature = { params: params.map(carrier), results: results.map(carrier) }
    this.#builder.export(name, 'func', this.#builder.func(signature, results, code))
  }

  run(): Generated {
    const builder = this.#builder
    const hosts = Object.entries(HOST).map(([name, type]) => ({ index: builder.importFunc('host', name, type), type }))
    this.#spaces()
    const { fuel, globals } = this.#globals()
    const declare = (type: NumSignature): Declared => ({ index: builder.func(type), type })
    const own = Array.from({ length: this.#random.between(2, 5) }, this.#signature).map(declare)
    const small = Array.from({ length: this.#random.between(1, 4) }, this.#signature).map(declare)
    const all = [...hosts, ...own, ...small]
    const around: Surroundings = {
      functions: all.map(({ type }) => type),
      globals,
      fuel,
      type: (type) => builder.type(type),
      ...this.#segments([...hosts, ...own].map(({ index }) => index)),
    }
    for (const { index, type } of own) this.#define(index, type, around)
    const leaf = { ...around, functions: hosts.map(({ type }) => type) }
    small.forEach(({ index, type }, i) => {
      this.#defineSmall(index, type, leaf)
      // `ref.func` may only name a function that stands outside of code too.
      builder.export(`s${i}`, 'func', index)
    })
    own.forEach(({ index, type }, i) => this.#export(`f${i}`, index, type))
    globals.forEach(({ type, index }, i) => {
      const code = [...ins('global.get', index), ...toBits(type)]
      builder.export(`g${i}`, 'func', builder.func({ params: [], results: [carrier(type)] }, [], code))
    })
    return { bytes: builder.build(), functions: own.map(({ type }) => type), globals: globals.map(({ type }) => type) }
  }
}

/** @returns the module of a seed, the same every time; `size` is the most rules that a function may take */
export const generate = (seed: number, size: number): Generated => new Generator(seed, size).run()
