// A module around functions of one style. They count their loops and call only functions before them, so that every call
// ends and nothing but the style's own code is in them.

import { constant, ins, type NumName } from '../../binary/code.ts'
import { EDGES } from '../../binary/edges.ts'
import { type Limits, ModuleBuilder } from '../../binary/module.ts'
import { Random } from '../random.ts'
import { type NumSignature, type Rules, type Surroundings, Writer } from '../writer.ts'

/** What the functions of a module are like. */
export interface Style {
  readonly signature: (random: Random) => NumSignature
  readonly locals: readonly NumName[]
  readonly rules: Rules
  /** A function's code, which leaves its results on the stack. */
  readonly body: (writer: Writer) => number[]
  /** Rules that a function may take at most: one is chosen. */
  readonly sizes: readonly number[]
  readonly functions: readonly [least: number, most: number]
  /** What exceptions carry, by tag. */
  readonly tags?: readonly (readonly NumName[])[]
  /** Functions of the host beside `note`, which take and give nothing: their indices are behind its own, in order. */
  readonly hosts?: readonly HostName[]
  /** What the memory may be like, if that matters. */
  readonly memories?: readonly Limits[]
}

/** What the host has (net/host.ts): `grow` makes the memory larger, `throw` throws now and then. */
export type HostName = 'grow' | 'throw'

const NOTE: NumSignature = { params: ['i32'], results: [] }

const MEMORY: Limits = { min: 1, max: 2 }

/** Statements that a called function may run, all rounds of the caller's loops together. */
const MOST_COST = 20_000

/** A function that may be called. */
export interface Callable extends NumSignature {
  readonly cost: number
}

/** Indices of the functions that may be called here, with one result of a type. */
function callable(w: Writer, result: NumName): number[] {
  return w.around.functions.flatMap((callee, index) => {
    const { results, cost } = callee as Callable
    return results.length === 1 && results[0] === result && cost * w.rounds <= MOST_COST ? [index] : []
  })
}

/** The index of the host function that is told an i32. */
export const NOTE_INDEX = 0

/** The memory: of the module, or imported where it matters. */
function memoryOf(builder: ModuleBuilder, random: Random, { memories }: Style): number {
  if (memories === undefined) return builder.memory(MEMORY)
  const limits = random.pick(memories)
  if (limits.shared === true) return builder.memory(limits)
  const isImported = random.chance(25) && limits.is64 !== true && limits.page === undefined
  return isImported ? builder.importMemory('host', 'memory', limits) : builder.memory(limits)
}

/** The module of a seed. */
export function buildModule(seed: number, style: Style): Uint8Array<ArrayBuffer> {
  const random = new Random(seed)
  const builder = new ModuleBuilder()
  builder.importFunc('host', 'note', NOTE)
  const nothing: NumSignature = { params: [], results: [] }
  for (const name of style.hosts ?? []) builder.importFunc('host', name, nothing)
  builder.export('memory', 'memory', memoryOf(builder, random, style))
  builder.data(
    Array.from({ length: 256 }, () => random.below(256)),
    { memory: 0, offset: constant(style.memories?.[0]?.is64 ? 'i64' : 'i32', 0n) },
  )
  for (const params of style.tags ?? []) builder.tag({ params, results: [] })
  const types = ['i32', 'i64', 'i32', 'i64', 'f32', 'f64'] as const
  const globals = types.map((type) => ({
    type,
    index: builder.global(type, true, constant(type, random.pick(EDGES[type]))),
  }))
  const functions: Callable[] = [{ ...NOTE, cost: 1 }, ...(style.hosts ?? []).map(() => ({ ...nothing, cost: 1 }))]
  const around: Surroundings = {
    functions,
    globals,
    fuel: -1,
    data: [],
    elements: [],
    type: (type) => builder.type(type),
  }
  const count = random.between(...style.functions)
  for (let i = 0; i < count; i++) {
    const signature = style.signature(random)
    const writer = new Writer(random, around, signature, style.rules, random.pick(style.sizes))
    writer.locals.push(...random.some(style.locals, 1, 5))
    const code = style.body(writer)
    const index = builder.func(signature, writer.locals.slice(signature.params.length), code)
    builder.export(`f${i}`, 'func', index)
    functions.push({ ...signature, cost: writer.cost + 1 })
  }
  return builder.build()
}

/**
 * The call of an earlier function for its only result; undefined if none may be called.
 *
 * @param name for functions whose only result is the same: a call that is the last thing they do
 */
export function callValue(w: Writer, result: NumName, name: 'call' | 'return_call' = 'call'): number[] | undefined {
  const fitting = callable(w, result)
  if (fitting.length === 0) return undefined
  const index = w.random.pick(fitting)
  w.cost += (w.around.functions[index] as Callable).cost * w.rounds
  return [...w.values(w.around.functions[index]!.params), ...ins(name, index)]
}
