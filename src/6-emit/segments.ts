// Element and data segments of an instance, and the functions that can become references.

import type * as es from 'estree'
import type { ConstExpr, ElementSegment } from '../0-wasm/module.ts'
import { CodeReader } from '../1-decode/code.ts'
import { refsLeave } from '../4-lower/facts/outside.ts'
import { call, construct, dot, id, list, type Node, num, stmt, vars } from './build.ts'
import { emitConstant } from './constant.ts'
import type { InstanceContext } from './instance-context.ts'

/**
 * Functions that can become references are marked with their types, which can wrap those that can leave the module, and
 * these with their indices too. The items of active segments are marked as they stand there, so that they are listed once.
 */
export function escapeStatements(i: InstanceContext): es.Statement[] {
  const { module, names } = i.c
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
  const listed = module.elements.flatMap((segment, index) => {
    const funcs = listedItems(segment)
    if (funcs === undefined) return []
    const name = names.items(index)
    return [vars([[name, funcList(i, funcs)]]), mark(id(name), funcs, leave)]
  })
  const others = new Set(leave ? exported.filter((index) => !marked.has(index)) : exported)
  for (const index of otherRefs(i)) if (!marked.has(index)) others.add(index)
  const rest = [...others].sort((a, b) => a - b)
  return rest.length === 0 ? listed : [...listed, mark(funcList(i, rest), rest, true)]
}

const funcList = (i: InstanceContext, funcs: readonly number[]): Node =>
  list(funcs.map((index) => id(i.c.names.func(index))))

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
export function segmentVariables(i: InstanceContext): es.Statement[] {
  const { module, names, segments } = i.c
  const statements: es.Statement[] = []
  for (const [index, segment] of module.elements.entries()) {
    const name = names.elem(index)
    if (!segments.has(name)) continue
    const { before, items } = segment.mode.kind === 'passive' ? itemsOf(i, segment) : { before: [], items: list([]) }
    statements.push(...before, vars([[name, items]]))
  }
  if (i.layout.bytes.length > 0) statements.push(vars([['bytes', call(id('data'), [])]]))
  for (const [index, { mode }] of module.data.entries()) {
    const name = names.data(index)
    if (!segments.has(name)) continue
    const step = i.layout.steps.find((each) => each.kind === 'segment' && each.index === index)
    const bytes =
      mode.kind === 'passive' && step?.kind === 'segment' && step.end > step.start
        ? call(dot(id('bytes'), 'subarray'), [num(step.start), num(step.end)])
        : construct('Uint8Array', [num(0)])
    statements.push(vars([[name, bytes]]))
  }
  return statements
}

function itemsOf(
  i: InstanceContext,
  { items, type }: ElementSegment,
): { before: readonly es.Statement[]; items: Node } {
  if ('funcs' in items) return { before: [], items: funcList(i, items.funcs) }
  const constants = items.exprs.map((expr) => emitConstant(i.c, expr, type))
  return {
    before: constants.flatMap(({ before }) => before),
    items: list(constants.map(({ registers }) => registers[0]!)),
  }
}

export function activeElements(i: InstanceContext): es.Statement[] {
  const { module, names } = i.c
  return module.elements.flatMap((segment, index) => {
    if (segment.mode.kind !== 'active') return []
    const offset = emitConstant(i.c, segment.mode.offset, 'i32')
    const { before, items } =
      listedItems(segment) === undefined ? itemsOf(i, segment) : { before: [], items: id(names.items(index)) }
    const length = 'funcs' in segment.items ? segment.items.funcs.length : segment.items.exprs.length
    const init = i.call(
      'table_init',
      id(names.table(segment.mode.index)),
      items,
      offset.registers[0]!,
      num(0),
      num(length),
    )
    return [...offset.before, ...before, stmt(init)]
  })
}

/** The block of all data; without any there is no such variable. */
const dataBytes = (i: InstanceContext): Node =>
  i.layout.bytes.length > 0 ? id('bytes') : construct('Uint8Array', [num(0)])

export function activeData(i: InstanceContext): es.Statement[] {
  const { names } = i.c
  return i.layout.steps.flatMap((step) => {
    if (step.kind === 'run') {
      return [
        stmt(
          i.call('data_run', id(names.memory(step.memory)), dataBytes(i), num(step.pos), list(step.places.map(num))),
        ),
      ]
    }
    const { mode } = step.segment
    if (mode.kind !== 'active') return []
    const offset = emitConstant(i.c, mode.offset, 'i32')
    const bytes =
      step.end === step.start
        ? construct('Uint8Array', [num(0)])
        : call(dot(id('bytes'), 'subarray'), [num(step.start), num(step.end)])
    const init = i.call(
      'memory_init',
      id(names.memory(mode.index)),
      bytes,
      offset.registers[0]!,
      num(0),
      num(step.end - step.start),
    )
    return [...offset.before, stmt(init)]
  })
}
