// Calls of the runtime on entities of the module. What the runtime has no function for, since it is so little, is emitted here.

import type { EntityRef, Expr, RuntimeCall } from '../3-ir/expr.ts'
import { assign, construct, dot, id, list, type Node, num } from './build.ts'
import { CAUGHT, type FunctionContext } from './context.ts'

/** @param value emits an operand in full */
export function runtimeCall(c: FunctionContext, e: RuntimeCall, value: (c: FunctionContext, e: Expr) => Node): Node {
  const entities = e.entities.map((entity) => entityNode(c, entity))
  if (e.name === 'elem_drop') return assign(entities[0]!, list([]))
  if (e.name === 'data_drop') return assign(entities[0]!, construct('Uint8Array', [num(0)]))
  if (e.name === 'caught') return c.callRuntime(e.name, [id(CAUGHT)])
  if (e.name === 'exn_new')
    return c.callRuntime(e.name, [entities[0]!, list([id('null'), ...e.args.map((arg) => value(c, arg))])])
  if (e.name === 'table_size') return dot(dot(entities[0]!, 'elems'), 'length')
  return c.callRuntime(e.name, [...entities, ...e.args.map((arg) => value(c, arg))])
}

function entityNode(c: FunctionContext, { kind, index }: EntityRef) {
  c.uses[USED_AS[kind]].add(index)
  return c.module.instance[kind](index)
}

const USED_AS = { memory: 'memories', table: 'tables', elem: 'elems', data: 'datas', tag: 'tags' } as const
