// A module around functions of one style. They count their loops and call only functions before them, so that every call
// ends and nothing but the style's own code is in them.

import { constant, ins, type NumName, opcode } from '../../binary/code.ts'
import { EDGES } from '../../binary/edges.ts'
import { type Limits, ModuleBuilder } from '../../binary/module.ts'
import { ENTERED, SHARED } from '../net/meddler.ts'
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
  /** Functions of the host beside `note`: their indices are behind its own, in order. */
  readonly hosts?: readonly HostName[]
  /** The first functions, and the host's `enter`, are also called through a table. */
  readonly tabled?: boolean
  /** What the memory may be like, if that matters. */
  readonly memories?: readonly Limits[]
}

/** What the host has (net/host.ts): `grow` makes the memory larger, `throw` throws now and then, `enter` meddles. */
export type HostName = 'grow' | 'throw' | 'enter'

const NOTE: NumSignature = { params: ['i32'], results: [] }
const NOTHING: NumSignature = { params: [], results: [] }
const WORD: NumSignature = { params: ['i32'], results: ['i32'] }

/** Statements that a function may run which the host enters, and so the host's `enter`. */
const ENTERED_COST = 400

const hostOf = (name: HostName): Callable =>
  name === 'enter' ? { ...WORD, cost: ENTERED_COST } : { ...NOTHING, cost: 1 }

/** The second i32. */
const SHARED_GLOBAL = 2

/** Functions in the table; all are of the same type. */
const TABLED = 2

const MEMORY: Limits = { min: 1, max: 2 }

/** Statements that a called function may run, all rounds of the caller's loops together. */
const MOST_COST = 20_000

/** A function that may be called. */
export interface Callable extends NumSignature {
  readonly cost: number
}

/** Indices of the functions that may be called here, with the results. */
function callable(w: Writer, results: readonly NumName[]): number[] {
  return w.around.functions.flatMap((callee, index) =>
    `${callee.results}` === `${results}` && (callee as Callable).cost * w.rounds <= MOST_COST ? [index] : [],
  )
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
  const hosts = (style.hosts ?? []).map(hostOf)
  for (const [i, name] of (style.hosts ?? []).entries()) builder.importFunc('host', name, hosts[i]!)
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
  if (style.hosts?.includes('enter') && random.chance(30)) builder.export(SHARED, 'global', SHARED_GLOBAL)
  const functions: Callable[] = [{ ...NOTE, cost: 1 }, ...hosts]
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
    const signature = style.tabled && i < TABLED ? WORD : style.signature(random)
    const writer = new Writer(random, around, signature, style.rules, random.pick(style.sizes))
    writer.locals.push(...random.some(style.locals, 1, 5))
    const code = style.body(writer)
    const index = builder.func(signature, writer.locals.slice(signature.params.length), code)
    builder.export(`f${i}`, 'func', index)
    functions.push({ ...signature, cost: writer.cost + 1 })
    if (canEnter(style, functions.at(-1)!)) builder.export(`${ENTERED}${i}`, 'func', index)
  }
  if (style.tabled) fillTable(builder, style)
  return builder.build()
}

/** Whether the host may call a function when it is called itself. */
const canEnter = ({ hosts }: Style, { params, cost }: Callable): boolean =>
  hosts?.includes('enter') === true && cost <= ENTERED_COST && params.every((type) => type === 'i32')

function fillTable(builder: ModuleBuilder, { hosts = [] }: Style): void {
  const first = NOTE_INDEX + 1 + hosts.length
  const own = Array.from({ length: TABLED }, (_, i) => first + i)
  const items = [...own, ...(hosts.includes('enter') ? [NOTE_INDEX + 1 + hosts.indexOf('enter')] : [])]
  const table = builder.table('funcref', { min: items.length, max: items.length })
  builder.elements(items, { table, offset: constant('i32', 0n) })
}

/**
 * The call of an earlier function for its results; undefined if none may be called.
 *
 * @param name for functions whose results are the same: a call that is the last thing they do
 */
export function callFor(
  w: Writer,
  results: readonly NumName[],
  name: 'call' | 'return_call' = 'call',
): number[] | undefined {
  const fitting = callable(w, results)
  if (fitting.length === 0) return undefined
  const index = w.random.pick(fitting)
  return callOf(w, index, name)
}

/** The call of a function that may be called. */
function callOf(w: Writer, index: number, name: 'call' | 'return_call' = 'call'): number[] {
  const { params, cost } = w.around.functions[index] as Callable
  w.cost += cost * w.rounds
  return [...w.values(params), ...ins(name, index)]
}

/** The call of the host's `enter`, for its i32; undefined if it may not be called. */
export function callEnter(w: Writer, { hosts = [] }: Pick<Style, 'hosts'>): number[] | undefined {
  return ENTERED_COST * w.rounds <= MOST_COST ? callOf(w, NOTE_INDEX + 1 + hosts.indexOf('enter')) : undefined
}

/** The same for the only result. */
export const callValue = (w: Writer, result: NumName, name?: 'call' | 'return_call'): number[] | undefined =>
  callFor(w, [result], name)

/** A call through the table, for an i32; undefined if not all that is in it may be called. */
export function callTabled(w: Writer, { hosts = [] }: Pick<Style, 'hosts'>): number[] | undefined {
  const first = NOTE_INDEX + 1 + hosts.length
  const own = w.around.functions.slice(first, first + TABLED) as Callable[]
  const cost = Math.max(ENTERED_COST, ...own.map((callee) => callee.cost))
  if (own.length < TABLED || cost * w.rounds > MOST_COST) return undefined
  w.cost += cost * w.rounds
  const index = [...w.value('i32'), ...constant('i32', 1n), ...opcode('i32.and')]
  return [...w.value('i32'), ...index, ...ins('call_indirect', w.around.type(WORD), 0)]
}
