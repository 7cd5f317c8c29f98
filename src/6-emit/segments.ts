// Element and data segments of an instance, and the functions that can become references.

import type * as es from 'estree'
import type { ConstExpr, ElementSegment, Module } from '../0-wasm/module.ts'
import { CodeReader } from '../1-decode/code.ts'
import { refsLeave } from '../4-lower/facts/outside.ts'
import { call, construct, dot, id, list, type Node, num, stmt, vars } from './build.ts'
import { emitAddress, emitConstant } from './constant.ts'
import { DATA, type DataStep } from './data.ts'
import type { InstanceContext } from './instance-context.ts'
import { define } from './instance-variables.ts'
import { constantOffset } from './offset.ts'

/**
 * Functions that can become references are marked with their types, which can wrap those that can leave the module, and
 * these with their indices too. The items of active segments are marked as they stand there, so that they are listed once.
 */
export function* escapeStatements(i: InstanceContext): Iterable<es.Statement> {
  const { module, instance } = i.c
  const exported = module.exports.filter(({ kind }) => kind === 'func').map(({ index }) => index)
  const leave = refsLeave(module)
  const leaving = new Set(exported)
  const marked = new Set<number>()
  const mark = (raws: Node, indices: readonly number[], isIndexed: boolean): es.Statement => {
    for (const index of indices) marked.add(index)
    const types = indices.map((index) => i.type(index, leave || leaving.has(index) ? 'wrap' : 'known'))
    const steps = indices.map((index, at) => num(index - (indices[at - 1] ?? 0)))
    return stmt(i.call('func_refs', raws, list(types), ...(isIndexed ? [list(steps)] : [])))
  }
  for (const [index, segment] of module.elements.entries()) {
    const funcs = listedItems(segment)
    if (funcs === undefined) continue
    yield* define([[instance.items(index), funcList(i, funcs)]])
    yield mark(instance.items(index), funcs, leave)
  }
  const others = new Set(leave ? exported.filter((index) => !marked.has(index)) : exported)
  for (const index of otherRefs(i)) if (!marked.has(index)) others.add(index)
  const rest = [...others].sort((a, b) => a - b)
  if (rest.length > 0) yield mark(funcList(i, rest), rest, true)
}

const funcList = (i: InstanceContext, funcs: readonly number[]): Node => list(funcs.map(i.c.instance.ref))

/** The functions of an active segment that lists functions. */
const listedItems = ({ mode, items }: ElementSegment): readonly number[] | undefined =>
  mode.kind === 'active' && 'funcs' in items && items.funcs.length > 0 ? items.funcs : undefined

/** Functions that other segments and initial values refer to. */
function otherRefs(i: InstanceContext): number[] {
  const { elements, globals, tables } = i.c.module
  const ofSegments = elements.flatMap((segment) => {
    if (listedItems(segment) !== undefined) return []
    const { items } = segment
    return 'funcs' in items ? items.funcs : items.exprs.flatMap((expr) => refsIn(i, expr))
  })
  const inits = [...globals, ...tables].flatMap(({ init }) => (init === undefined ? [] : refsIn(i, init)))
  return [...ofSegments, ...inits]
}

function refsIn(i: InstanceContext, expr: ConstExpr): number[] {
  const reader = new CodeReader(i.c.module, expr.start, expr.end)
  const refs: number[] = []
  while (reader.next()) if (reader.ins.op.name === 'ref.func') refs.push(reader.ins.index)
  return refs
}

/** Segments that instructions use. Active and declarative ones are dropped before the program starts. */
export function* segmentVariables(i: InstanceContext): Iterable<es.Statement> {
  const { module, instance } = i.c
  for (const [index, segment] of module.elements.entries()) {
    if (!i.uses.elems.has(index)) continue
    const { before, items } = segment.mode.kind === 'passive' ? itemsOf(i, segment) : { before: [], items: list([]) }
    yield* before
    yield* define([[instance.elem(index), items]])
  }
  if (i.layout.bytes.length > 0) yield vars([['bytes', call(id(DATA), [])]])
  const kept = new Map(i.layout.steps.flatMap((step) => (step.kind === 'segment' ? [[step.index, step]] : [])))
  for (const [index, { mode }] of module.data.entries()) {
    if (!i.uses.datas.has(index)) continue
    const step = mode.kind === 'passive' ? kept.get(index) : undefined
    yield* define([[instance.data(index), step === undefined ? noBytes() : bytesFrom(step)]])
  }
}

const noBytes = (): Node => construct('Uint8Array', [num(0)])

/** The bytes of a segment in the block of all data. */
const bytesFrom = ({ start, end }: DataStep & { kind: 'segment' }): Node =>
  end === start ? noBytes() : call(dot(id('bytes'), 'subarray'), [num(start), num(end)])

function itemsOf(
  i: InstanceContext,
  { items, type }: ElementSegment,
): { before: readonly es.Statement[]; items: Node } {
  if ('funcs' in items) return { before: [], items: funcList(i, items.funcs) }
  const constants = items.exprs.map((expr) => emitConstant(i, expr, type))
  return {
    before: constants.flatMap(({ before }) => before),
    items: list(constants.map(({ registers }) => registers[0]!)),
  }
}

export function* activeElements(i: InstanceContext): Iterable<es.Statement> {
  const { module, instance } = i.c
  for (const [index, segment] of module.elements.entries()) {
    if (segment.mode.kind !== 'active' || isMoot(module, segment)) continue
    const offset = emitAddress(i, segment.mode.offset, module.tables[segment.mode.index]!.type.addressType)
    const { before, items } =
      listedItems(segment) === undefined ? itemsOf(i, segment) : { before: [], items: instance.items(index) }
    const table = instance.table(segment.mode.index)
    yield* offset.before
    yield* before
    yield stmt(i.call('table_init', table, items, offset.address, num(0), num(lengthOf(segment))))
  }
}

const lengthOf = ({ items }: ElementSegment): number => ('funcs' in items ? items.funcs.length : items.exprs.length)

/** Whether an active segment has no elements and is in the bounds of its table. There may be millions of these. */
function isMoot(module: Module, segment: ElementSegment): boolean {
  const { mode } = segment
  if (mode.kind !== 'active' || lengthOf(segment) > 0) return false
  const offset = constantOffset(module, mode)
  return offset !== undefined && offset <= module.tables[mode.index]!.type.limits.min
}

/** The block of all data; without any there is no such variable. */
const dataBytes = (i: InstanceContext): Node => (i.layout.bytes.length > 0 ? id('bytes') : noBytes())

export function* activeData(i: InstanceContext): Iterable<es.Statement> {
  const { module, instance } = i.c
  for (const step of i.layout.steps) {
    if (step.kind === 'run') {
      const places = list(step.places.map(num))
      yield stmt(i.call('data_run', instance.memory(step.memory), dataBytes(i), num(step.pos), places))
      continue
    }
    const { mode } = step.segment
    if (mode.kind !== 'active') continue
    const offset = emitAddress(i, mode.offset, module.memories[mode.index]!.type.addressType)
    const memory = instance.memory(mode.index)
    const length = num(step.end - step.start)
    yield* offset.before
    yield stmt(i.call('memory_init', memory, bytesFrom(step), offset.address, num(0), length))
  }
}
