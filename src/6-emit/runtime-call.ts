// Calls of the runtime as ESTree. Some need no function:
//
//   (call $length (local.get 0))     string_cast(a).length

import type { EntityRef, Expr, RuntimeCall } from '../3-ir/expr.ts'
import { assign, bin, construct, dot, id, list, type Node, num, text, unary } from './build.ts'
import { CAUGHT, type FunctionContext } from './context.ts'

type Value = (c: FunctionContext, e: Expr) => Node

/** @param value emits an operand in full */
export function runtimeCall(c: FunctionContext, e: RuntimeCall, value: Value): Node {
  const entities = e.entities.map((entity) => entityNode(c, entity))
  if (e.name === 'elem_drop') return assign(entities[0]!, list([]))
  if (e.name === 'data_drop') return assign(entities[0]!, construct('Uint8Array', [num(0)]))
  if (e.name === 'caught') return c.callRuntime(e.name, [id(CAUGHT)])
  if (e.name === 'exn_new')
    return traced(c, c.callRuntime(e.name, [entities[0]!, list([id('null'), ...e.args.map((arg) => value(c, arg))])]))
  if (e.name === 'string_test') return bin('===', unary('typeof', value(c, e.args[0]!)), text('string'))
  if (e.name === 'string_length') return dot(c.callRuntime('string_cast', [value(c, e.args[0]!)]), 'length')
  if (e.name === 'table_size') return dot(dot(entities[0]!, 'elems'), 'length')
  const call = c.callRuntime(e.name, [...entities, ...e.args.map((arg) => value(c, arg))])
  return e.name === 'exn_of_tuple' ? traced(c, call) : call
}

/** An exception that is about to be thrown. */
const traced = (c: FunctionContext, made: Node): Node =>
  c.module.tracesExceptions ? c.callRuntime('exn_traced', [made]) : made

function entityNode(c: FunctionContext, { kind, index }: EntityRef) {
  c.uses[USED_AS[kind]].add(index)
  return c.module.instance[kind](index)
}

const USED_AS = { memory: 'memories', table: 'tables', elem: 'elems', data: 'datas', tag: 'tags' } as const
