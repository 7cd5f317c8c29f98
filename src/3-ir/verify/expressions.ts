// What holds of every expression: types, what is worked out from operands, and that JavaScript may evaluate it as it
// stands.

import { WRITE } from '../effects.ts'
import type { Call, CallIndirect, Const, Expr, GcOperation, Operation } from '../expr.ts'
import { f32, f64, globalGet, i32, i64, isAtom, nullRef, refFunc, regRead, withOperands } from '../expressions.ts'
import { GC_OPS } from '../gc-ops.ts'
import type { Reg, RegType } from '../ir.ts'
import { OPS } from '../ops/index.ts'
import { NOWHERE } from '../positions.ts'
import { isRuntimeCall } from '../runtime-calls.ts'
import { EXPRS, exprKind } from '../schema.ts'
import { EntityChecker } from './entities.ts'
import type { Subject } from './subject.ts'

/** Nodes of a tree, arguments of calls not counted: printers and engines recurse over it. */
const MAX_SIZE = 1000

/** What each stage has registers and values of. */
const TYPES = {
  wasm: ['i32', 'i64', 'f32', 'f64', 'ref'],
  words: ['i32', 'f32', 'f64', 'ref'],
  bigint: ['i32', 'i64', 'f32', 'f64', 'ref', 'i64cell'],
} as const satisfies Record<Subject['stage'], readonly RegType[]>

/** Whether values of two types are the same: a place for an i64 holds an i64. */
export const isSameType = (x: RegType, y: RegType): boolean => valueType(x) === valueType(y)

const valueType = (type: RegType): RegType => (type === 'i64cell' ? 'i64' : type)

/** Messages with something in them are made where a check fails: this runs between all passes. */
export class ExpressionChecker {
  readonly #s: Subject
  readonly entities: EntityChecker
  readonly #types: Set<string>
  /** Nodes may stand in several places. */
  readonly #checked = new Set<Expr>()
  /** By id. */
  readonly #regs: (Reg | undefined)[] = []

  constructor(subject: Subject) {
    this.#s = subject
    this.entities = new EntityChecker(subject)
    this.#types = new Set(TYPES[subject.stage])
    if (subject.func.hasVectors) this.#types.add('v128')
  }

  /** A register that the function mentions. */
  reg(reg: Reg): void {
    const { func } = this.#s
    const { id } = reg
    if (!Number.isInteger(id) || id < 0 || id >= func.regCount) this.#s.fail(`register ${id} of ${func.regCount}`)
    if (!this.#types.has(reg.type)) this.#s.fail(`a register of type ${reg.type} in stage ${this.#s.stage}`)
    this.#regs[id] ??= reg
    if (this.#regs[id] !== reg) this.#s.fail(`register ${id} is two objects`)
  }

  /** A tree. */
  check(e: Expr): void {
    if (this.#checked.has(e)) return
    this.#checked.add(e)
    if (EXPRS[e.kind] === undefined) this.#s.fail(`an expression of kind ${e.kind}`)
    if (e.kind === 'op' && OPS[e.op] === undefined) this.#s.fail(`there is no operation ${e.op}`)
    if (e.kind === 'runtime' && !isRuntimeCall(e.name)) this.#s.fail(`there is no runtime function ${e.name}`)
    for (const arg of e.args) this.check(arg)
    if (!this.#types.has(e.type)) this.#s.fail(`a value of type ${e.type} in stage ${this.#s.stage}`, e)
    this.#position(e)
    this.#operands(e)
    this.#derived(e)
    this.#itself(e)
  }

  /** In a statement from an instruction, whatever does something says where it is from. */
  #position({ kind, at, args }: Expr): void {
    if (kind === 'reg' || kind === 'const')
      return this.#s.need(at === NOWHERE, 'a register or constant with a position')
    if (!Number.isInteger(at) || at < 0) this.#s.fail(`a position of ${at}`)
    const isPlaced = at !== NOWHERE || this.#s.stmt === undefined || this.#s.stmt.at === NOWHERE
    if (!isPlaced) this.#s.fail(`a ${kind} without a position`)
    this.#s.need(at === NOWHERE || args.every(hasPosition), 'an operand without a position')
  }

  #operands(e: Expr): void {
    const { operands, type, allows, needsAtom } = exprKind(e)
    this.types(e.args, operands(e), e)
    const known = type(e)
    if (known !== undefined && !isSameType(known, e.type)) this.#s.fail(`it is ${known}, not ${e.type}`, e)
    // An operation on i64 values is not printed: words have other operations, BigInts this one.
    const isPrinted = e.type !== 'i64' || this.#s.stage === 'bigint'
    for (let i = 0; i < e.args.length; i++) {
      const arg = e.args[i]!
      this.operand(arg, allows(e, i), e)
      if (isPrinted && !isAtom(arg) && needsAtom(e, i)) this.#s.fail(`operand ${i} stands in several places`, e)
      if (arg.kind === 'op' && arg.op === 'i32.indexed') this.#s.need(e.kind === 'load', 'an index of no access', e)
    }
  }

  /** Operands of these types; undefined: of any. */
  types(args: readonly Expr[], types: readonly (RegType | 'any')[] | undefined, e?: Expr): void {
    if (types === undefined) return
    if (args.length !== types.length) this.#s.fail(`${args.length} operands, not ${types.length}`, e)
    for (let i = 0; i < args.length; i++) {
      const [type, found] = [types[i]!, args[i]!.type]
      if (type !== 'any' && !isSameType(type, found)) this.#s.fail(`operand ${i} is ${found}, not ${type}`, e)
    }
  }

  /** An operand of an expression or statement, which may have these effects. */
  operand(arg: Expr, allowed: number, e?: Expr): void {
    const over = arg.effects & ~allowed
    const what = over & WRITE ? 'writes' : 'has effects'
    if (over !== 0) this.#s.fail(`an operand ${what} where that comes too late or too early`, e ?? arg)
    this.#s.need(!this.entities.isVoid(arg), 'a value of what gives none', arg)
    if (e !== undefined && arg.size > MAX_SIZE) this.#s.fail(`a tree of ${arg.size} nodes`)
  }

  /** What is worked out when a node is made. */
  #derived(e: Expr): void {
    const made = remade(e)
    const same =
      made.type === e.type &&
      made.effects === e.effects &&
      made.types === e.types &&
      made.size === e.size &&
      made.bytes === e.bytes &&
      made.reads === e.reads
    this.#s.need(same, 'type, effects, types, size, bytes or reads are not what they are made of', e)
    this.#s.need((exprKind(e).effects(e) & ~e.effects) === 0, 'it does more than its effects say', e)
  }

  #itself(e: Expr): void {
    switch (e.kind) {
      case 'reg':
        return this.reg(e.reg)
      case 'const':
        return this.#s.need(isConstant(e), 'value and bits differ', e)
      case 'op':
        return this.#operation(e)
      case 'load':
        this.entities.access(e)
        return this.#s.need(e.guard === 0 || (e.guard === 4 && e.op === 'i32.load'), 'a guard of another load', e)
      case 'call':
      case 'call_indirect':
        return this.#arguments(e, callArgs(e), this.entities.call(e))
      case 'global.get':
        return this.entities.global(e, e.type, e.effects !== 0)
      case 'gc':
        return this.#gc(e)
      case 'ref.func':
        return this.entities.func(e.func)
      case 'runtime':
        return this.entities.runtime(e)
      case 'select':
      case 'tuple':
        return
      default:
        return e satisfies never
    }
  }

  #arguments(e: Call | CallIndirect, args: readonly Expr[], params: readonly RegType[] | undefined): void {
    // Parts take their values one by one.
    const isWhole = e.kind === 'call_indirect' || e.version.kind === 'main'
    const isTuple = isWhole && args.length === 1 && params !== undefined && params.length > 1
    this.types(args, isTuple ? ['ref'] : params, e)
  }

  #gc(e: GcOperation): void {
    const type = this.entities.gc(e)
    if (type === undefined) return
    this.types(e.args, type.params, e)
    this.#s.need(type.result === e.type, `it is ${type.result}`, e)
    this.#s.need((e.own & ~GC_OPS[e.op].effects) === 0, 'effects that the instruction does not have', e)
  }

  #operation(e: Operation): void {
    const { own, byConstant } = OPS[e.op]
    this.#s.need((e.own & ~own) === 0, 'effects that the operation does not have', e)
    const needsConstant = byConstant === 'always' || (byConstant === 'on BigInts' && this.#s.stage === 'bigint')
    this.#s.need(!needsConstant || e.args[e.args.length - 1]!.kind === 'const', 'the last operand is no constant', e)
    if (e.op !== 'i32.indexed') return
    const [addr, index] = e.args as [Expr, Expr]
    const isBase = addr.kind === 'reg' || (addr.kind === 'op' && addr.op === 'i32.add' && addr.args.every(isAtom))
    this.#s.need(isBase && index.kind === 'reg', 'an index of something else than a register', e)
  }
}

const hasPosition = ({ at, kind }: Expr): boolean => at !== NOWHERE || kind === 'reg' || kind === 'const'

const callArgs = (e: Call | CallIndirect): readonly Expr[] => (e.kind === 'call' ? e.args : e.args.slice(1))

/** The node as its maker makes it. */
function remade(e: Expr): Expr {
  switch (e.kind) {
    case 'reg':
      return regRead(e.reg)
    case 'const':
      return constantOf(e)
    case 'global.get':
      return globalGet(e.global, e.part, e.type, e.effects !== 0)
    case 'ref.func':
      return refFunc(e.func)
    default:
      return withOperands(e, e.args)
  }
}

function constantOf({ type, value, lo, hi }: Const): Const {
  switch (type) {
    case 'i32':
      return i32(value)
    case 'f32':
      return f32(lo)
    case 'f64':
      return f64(lo, hi)
    case 'i64':
    case 'i64cell':
      return i64(lo, hi)
    case 'ref':
      return nullRef
    case 'v128':
      throw new Error('a constant v128 is an operation')
    default:
      return type satisfies never
  }
}

function isConstant(e: Const): boolean {
  const { value, lo, hi } = constantOf(e)
  return Object.is(value, e.value) && lo === e.lo && hi === e.hi
}
