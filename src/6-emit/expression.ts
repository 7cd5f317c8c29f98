// IR expressions to ESTree. i32 nodes are raw (build.ts) until their place asks for an integer; floats are exact where
// the bits of a NaN may be looked at, and plain numbers elsewhere.

import type { Call, CallIndirect, Const, ElementLoad, Expr, GlobalGet, Load, Operation } from '../3-ir/expr.ts'
import type { Store } from '../3-ir/ir.ts'
import { bytesOf } from '../3-ir/ops/accesses.ts'
import { type NanMover, OPS } from '../3-ir/ops/index.ts'
import { alignmentOf } from '../5-optimize/alignment.ts'
import { INDEXED } from '../5-optimize/indices.ts'
import { bigint, word } from './bigint.ts'
import { at, bin, call as callNode, cond, dot, id, int, list, type Node, num, truth } from './build.ts'
import type { FunctionContext } from './context.ts'
import { gcNode } from './gc.ts'
import type { Meaning } from './meaning.ts'
import { EXACT_MEANINGS } from './meanings.ts'
import type { Place } from './memory/access.ts'
import { displacement } from './memory/frequent-views.ts'
import { isSharedGlobal } from './module-context.ts'
import { bitsOfF32, f32OfBits } from './reinterpret.ts'
import { runtimeCall } from './runtime-call.ts'
import { hasByteTable, lookup } from './swizzle.ts'
import { hasTupleOfAll, tupleCall } from './tuples.ts'
import { rowOf } from './values.ts'

/** A value in full: an int32, a float with its bits, a reference. */
export function value(c: FunctionContext, e: Expr): Node {
  const node = raw(c, e, true)
  return e.type === 'i32' ? int(node) : node
}

/** A value that is only handed on, to a call or the caller. */
export const passed = (c: FunctionContext, e: Expr): Node => (isCall(e) ? callOf(c, e) : value(c, e))

/** A value where only the number counts. */
export function number(c: FunctionContext, e: Expr): Node {
  const node = raw(c, e, false)
  return e.type === 'i32' ? int(node) : node
}

/** A condition. */
export const condition = (c: FunctionContext, e: Expr): Node => truth(raw(c, e, false))

/** @param exact whether the bits of a NaN may be looked at */
function raw(c: FunctionContext, e: Expr, exact: boolean): Node {
  if (c.marks === undefined) return made(c, e, exact)
  const outer = c.enter(e.at)
  const node = made(c, e, exact)
  c.leave(outer)
  return node
}

function made(c: FunctionContext, e: Expr, exact: boolean): Node {
  switch (e.kind) {
    case 'reg':
      return c.place(e.reg)
    case 'const':
      return constant(c, e, exact)
    case 'op':
      return operation(c, e, exact)
    case 'load':
      return load(c, e, exact)
    case 'call':
    case 'call_indirect':
      return known(c, e, callOf(c, e))
    case 'global.get':
      return globalGet(c, e)
    case 'ref.func':
      return c.funcRef(e.func)
    case 'gc':
      return gcNode(c, e, value)
    case 'select':
      return cond(condition(c, e.cond), raw(c, e.then, exact), raw(c, e.else, exact))
    case 'runtime':
      return runtimeCall(c, e, value)
    case 'tuple':
      return list(e.args.map((arg) => value(c, arg)))
  }
}

const isCall = (e: Expr): e is Call | CallIndirect => e.kind === 'call' || e.kind === 'call_indirect'

/**
 * V8 does not know what a call gives, so it tests a result that decides a branch for all that is false in JavaScript, and
 * keeps what is set to results and integers as tagged values:
 *
 *   (if (call $f))    if (f() | 0) ...
 */
const known = (c: FunctionContext, e: Expr, node: Node): Node =>
  e.type === 'i32' && c.module.typesResults ? bin('|', node, num(0)) : node

function callOf(c: FunctionContext, e: Call | CallIndirect): Node {
  const outer = c.enter(e.at)
  const node = c.mark(e.kind === 'call_indirect' ? callIndirect(c, e) : directCall(c, e))
  c.leave(outer)
  return node
}

const directCall = (c: FunctionContext, e: Call): Node => applied(c, e, c.func(e.func, e.version))

function applied(c: FunctionContext, e: Call | CallIndirect, callee: Node): Node {
  const args = e.callArgs.map((arg) => passed(c, arg))
  return hasTupleOfAll(c, e) ? tupleCall(c, e, callee, args[0]!) : callNode(callee, args)
}

const CANONICAL_F32 = 0x7fc00000
const CANONICAL_F64 = 0x7ff80000

function constant(c: FunctionContext, e: Const, exact: boolean): Node {
  if (e.type === 'ref') return id('null')
  if (e.type === 'i64') return bigint(e.lo, e.hi)
  if (!Number.isNaN(e.value) || !exact) return num(e.value)
  if (e.type === 'f32') return e.lo === CANONICAL_F32 ? num(NaN) : c.runtime('f32_reinterpret_i32', num(e.lo))
  return e.lo === 0 && e.hi === CANONICAL_F64 ? num(NaN) : c.runtime('f64_reinterpret_i64', num(e.lo), num(e.hi))
}

function operation(c: FunctionContext, e: Operation, exact: boolean): Node {
  if (e.op === 'i64.low' || e.op === 'i64.high')
    return word(c.bigintRuntime, raw(c, e.args[0]!, false), e.op === 'i64.low' ? 0 : 1)
  const { movesNan, readsNan } = OPS[e.op]
  if (e.op === 'f32.reinterpret_i32') return f32OfBits(c, raw(c, e.args[0]!, false), exact)
  if (e.op === 'i32.reinterpret_f32') return bitsOfF32(c, value(c, e.args[0]!))
  const exactOperands = movesNan ? exact : readsNan
  if (hasByteTable(e)) return lookup(c, e, number(c, e.args.at(-1)!))
  const meaning = movesNan && exact ? EXACT_MEANINGS[e.op as NanMover] : c.module.meanings[e.op]!
  if (typeof meaning === 'string') {
    return c.callRuntime(
      meaning,
      e.args.map((arg) => (exactOperands ? value(c, arg) : number(c, arg))),
    )
  }
  const node = meant(c, meaning, e.args, exactOperands)
  return exact && mayPassNan(e) ? c.runtime('f64_quiet', node) : node
}

/** Most instructions have one operand or two, for which no array is made. */
function meant(c: FunctionContext, meaning: Exclude<Meaning, string>, args: readonly Expr[], exact: boolean): Node {
  if (args.length === 1) return meaning(c.runtime, raw(c, args[0]!, exact))
  if (args.length === 2) return meaning(c.runtime, raw(c, args[0]!, exact), raw(c, args[1]!, exact))
  return meaning(c.runtime, ...args.map((arg) => raw(c, arg, exact)))
}

/** Whether engines may hand a signalling NaN through. */
function mayPassNan({ op, args }: Operation): boolean {
  const { passesNan } = OPS[op]
  if (passesNan !== 'with constant') return passesNan === 'always'
  return args.some((arg) => arg.kind === 'const' && (arg.value === 0 || Math.abs(arg.value) === 1))
}

function load(c: FunctionContext, e: Load, exact: boolean): Node {
  const { access } = c.module
  const place = placeOf(c, e)
  return e.op === 'f32.load' && exact ? access.loadBits(c, place) : access.load(c, e.op as ElementLoad, place)
}

/** The place of an access. */
export function placeOf(c: FunctionContext, access: Load | Store): Place {
  const { memory, addr } = access
  if (addr.kind === 'const') return constantPlace(c, access, (addr.value >>> 0) + access.offset)
  if (addr.kind === 'op' && addr.op === INDEXED) {
    const index = { node: raw(c, addr.args[1]!, false), offset: displacement(access) }
    return placeAt(c, access, raw(c, addr.args[0]!, false), undefined, index)
  }
  const signed = c.optimized.signedAddresses.get(access)
  if (signed === 'sum') {
    const sum = signedSum(c, addr as Operation, access.offset)
    return placeAt(c, access, sum, sum)
  }
  const base = raw(c, addr, false)
  if (signed === 'word') return placeAt(c, access, base, plus(signedWord(base), access.offset))
  return placeAt(c, access, base, access.offset === 0 && c.takesSigned(memory) ? int(base) : undefined)
}

const placeAt = (
  c: FunctionContext,
  access: Load | Store,
  base: Node,
  signed: Node | undefined,
  index?: Place['index'],
): Place => ({
  memory: access.memory,
  base,
  isAtom: access.addr.kind === 'reg' || index !== undefined,
  offset: access.offset,
  index,
  alignment: c.module.access.byElement ? alignmentOf(access.addr, c.optimized.values) : 1,
  isInside: false,
  guard: guardOf(access),
  signed,
})

const guardOf = (access: Load | Store): number => (access.kind === 'load' ? access.guard : 0)

/** An `i32.add` or `i32.sub` that need not wrap (5-optimize/addresses.ts), with the offset added. */
function signedSum(c: FunctionContext, { op, args }: Operation, offset: number): Node {
  const [x, y] = args as [Expr, Expr]
  const left = signedWord(raw(c, x, false))
  const isAdd = op === 'i32.add'
  if (y.kind === 'const') return plus(left, (isAdd ? y.value : -y.value) + offset)
  return plus(bin(isAdd ? '+' : '-', left, signedWord(raw(c, y, false))), offset)
}

const plus = (x: Node, offset: number): Node =>
  offset === 0 ? x : bin(offset < 0 ? '-' : '+', x, num(Math.abs(offset)))

/** A raw node as an integer; `x >>> 3` is no more than 2^29. */
function signedWord(x: Node): Node {
  if (x.type !== 'BinaryExpression' || x.operator !== '>>>' || x.right.type !== 'Literal') return int(x)
  return (Number(x.right.value) & 31) > 0 ? x : int(x)
}

/** What is in the smallest memory that the module can have needs no check. */
function constantPlace(c: FunctionContext, access: Load | Store, address: number): Place {
  const { op, memory } = access
  const guard = guardOf(access)
  const { limits, pageSize } = c.module.module.memories[memory]!.type
  const least = limits.min * (pageSize ?? 1)
  const isInside = address + bytesOf(op) + guard <= least
  const base = num(address)
  return {
    memory,
    base,
    isAtom: true,
    offset: 0,
    index: undefined,
    alignment: address & -address,
    isInside,
    guard,
    signed: undefined,
  }
}

//   call_indirect (type 3)    (t0_ids[x] === I3 ? t0_elems[x] : call_indirect_trap(t0, x))(a, b)
const callIndirect = (c: FunctionContext, e: CallIndirect): Node => applied(c, e, target(c, e))

/** The function that an indirect call calls; traps if it has another type, not below it either. */
export function target(c: FunctionContext, e: CallIndirect): Node {
  const { instance } = c.module
  const index = value(c, e.index)
  if (e.table === undefined) return index
  const { canonical: type, final } = c.module.module.types[e.typeIndex]!
  c.uses.typeIds.add(type)
  c.uses.tables.add(e.table)
  c.uses.calledTables.add(e.table)
  const typeId = instance.typeId(type)
  const matches = bin('===', at(instance.tableIds(e.table), index), typeId)
  const table = instance.table(e.table)
  const other = final
    ? c.runtime('call_indirect_trap', table, index)
    : c.runtime('call_indirect_sub', table, index, typeId)
  return cond(matches, at(instance.tableElems(e.table), index), other)
}

const globalGet = (c: FunctionContext, e: GlobalGet): Node => globalRegister(c, e.global, e.part)

/** Where a register of a global is kept. */
export function globalRegister(c: FunctionContext, index: number, part: number) {
  const { instance, module } = c.module
  c.uses.globals.add(index)
  if (!isSharedGlobal(c.module, index)) return instance.global(index, part)
  return dot(instance.globalObject(index), rowOf(module.globals[index]!.type.type).fields[part]!)
}
