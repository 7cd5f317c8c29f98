// One function: validated instructions in, register IR out. Straight-line instructions are here and in the files of
// their types; blocks and branches are in control.ts.

import type { Module } from '../0-wasm/module.ts'
import { type OpName, ops } from '../0-wasm/ops/index.ts'
import type { FuncType, ValType } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import {
  call,
  callIndirect,
  f32,
  f64,
  globalGet,
  i32,
  isAtom,
  nullRef,
  plain,
  readsReg,
  refFunc,
  regRead,
  runtime,
} from './build.ts'
import { Control } from './control.ts'
import { binary, choose, eqz } from './fold.ts'
import { int64Rule } from './int64.ts'
import { type EntityRef, type Expr, type Func, READ, type Reg, type RegType, type Stmt, TRAP, WRITE } from './ir.ts'
import { lowerLoad, lowerStore } from './memory.ts'
import { OperandStack, type Sink, type Value } from './operands.ts'
import { Registers, registersOf } from './registers.ts'

type Rule = (l: FunctionLowering, ins: Instruction) => void

export class FunctionLowering implements Sink {
  readonly module: Module
  readonly registers = new Registers()
  readonly stack: OperandStack = new OperandStack(this)
  readonly locals: readonly (readonly Reg[])[]
  /** The value of each local: trees may share nodes. */
  readonly reads: readonly Value[]
  readonly control: Control
  /** Byte offset of the instruction being lowered. */
  at = 0
  hasTailCalls = false
  readonly #index: number
  readonly #type: FuncType

  /**
   * @param index of the function; -1 for a constant expression, which is lowered like the body of a function
   * @param locals types of the parameters, then of the declared locals
   */
  constructor(module: Module, index: number, type: FuncType, locals: readonly ValType[]) {
    this.module = module
    this.#index = index
    this.#type = type
    this.locals = locals.map((type, i) => this.registers.local(i, type))
    this.reads = this.locals.map((regs) => regs.map(regRead))
    this.control = new Control(this, this.#type.results)
  }

  temp(type: RegType): Reg {
    return this.registers.temp(type)
  }

  emit(stmt: Stmt): void {
    this.control.emit(stmt)
  }

  /** The function type at this index of the type section. */
  funcType(index: number): FuncType {
    return this.module.types[index]!.composite as FuncType
  }

  /** Lowers one instruction; those that cannot be reached leave nothing. */
  step(ins: Instruction): void {
    this.at = ins.offset
    if (this.control.step(ins)) return
    const rule = RULE_OF[ins.op.id]
    if (rule !== undefined) rule(this, ins)
    else this.#plain(ins)
  }

  /** After the last instruction. */
  finish(): Func {
    const paramCount = this.#type.params.length
    return {
      index: this.#index,
      params: this.locals.slice(0, paramCount).flat(),
      locals: this.locals.slice(paramCount).flat(),
      results: this.#type.results.flatMap(registersOf),
      body: this.control.finish(),
      regCount: this.registers.count,
      hasTailCalls: this.hasTailCalls,
    }
  }

  /** Sets registers to values at once: a value that reads a register set before it is saved first. */
  assign(regs: readonly Reg[], values: readonly Expr[]): void {
    const saved = values.map((value, i) => {
      const clobbered = regs.slice(0, i).some((reg) => readsReg(value, reg))
      return clobbered ? this.#save(value) : value
    })
    regs.forEach((reg, i) => {
      const value = saved[i]!
      if (value.kind !== 'reg' || value.reg !== reg) this.emit({ kind: 'set', reg, value, at: this.at })
    })
  }

  #save(value: Expr): Expr {
    const reg = this.temp(value.type)
    this.emit({ kind: 'set', reg, value, at: this.at })
    return regRead(reg)
  }

  /** Pushes a call's results, having put the call where its effects belong. */
  pushCall(node: Expr, types: readonly ValType[]): void {
    const { stack } = this
    if (types.length === 0) {
      stack.before(node.effects)
      this.emit({ kind: 'expr', value: node, at: this.at })
    } else if (types.length === 1 && registersOf(types[0]!).length === 1) {
      stack.push([node])
    } else {
      const regs = stack.nameResults(node, types.flatMap(registersOf))
      let next = 0
      for (const type of types) {
        const count = registersOf(type).length
        stack.push(regs.slice(next, next + count))
        next += count
      }
    }
  }

  /** Operands of a direct call, flattened to registers. */
  callOperands(type: FuncType): Expr[] {
    return this.stack.popMany(type.params.length).flat()
  }

  /** Index and operands of an indirect call: the index is checked first, so operands with effects are evaluated before. */
  indirectOperands(type: FuncType): { index: Expr; args: Expr[] } {
    this.stack.settle(type.params.length + 1)
    const index = this.stack.popOne()
    const args = this.callOperands(type)
    return { index: this.stack.atom(index), args: args.map((e) => (e.effects === 0 ? e : this.stack.name(e))) }
  }

  #plain(ins: Instruction): void {
    const { op } = ins
    const { stack } = this
    const { params, results } = op.type!
    const rule = INT64_RULES[op.id]
    if (rule !== undefined) {
      stack.settle(params.length)
      stack.push(rule(stack, ...stack.popMany(params.length)))
      return
    }
    const type = results[0] as RegType
    const usesTwice = USES_TWICE.has(op.name)
    if (usesTwice) stack.settle(params.length)
    const operands = stack.popMany(params.length).map((value) => value[0]!)
    const args = usesTwice ? operands.map((e) => stack.atom(e)) : operands
    if (type === 'i32' && args.length === 2 && op.effect === 'pure') stack.push([binary(op.name, args[0]!, args[1]!)])
    else stack.push([plain(op.name, type, args, op.effect === 'trap' ? TRAP : 0)])
  }

  /** A runtime call for its effect, on entities of the instance. */
  effect(name: string, entities: readonly EntityRef[], operandCount: number): void {
    const args = this.stack.popMany(operandCount).flat()
    const value = runtime(name, entities, args, READ | TRAP | WRITE)
    this.stack.before(value.effects)
    this.emit({ kind: 'expr', value, at: this.at })
  }
}

/** Instructions whose expression names an operand more than once. */
const USES_TWICE: ReadonlySet<OpName> = new Set(['i32.rotl', 'i32.rotr', 'i32.ctz'])

const constant =
  (value: (ins: Instruction) => Value): Rule =>
  (l, ins) =>
    l.stack.push(value(ins))

// JavaScript takes the view before it evaluates the address, so a call in the address, which may grow the memory, comes
// first: D.getInt32(f()) would read the old buffer.
const loadRule: Rule = ({ stack }, ins) => {
  stack.settle(1)
  const addr = stack.popOne()
  stack.push(lowerLoad(stack, ins.op.name, ins.memory, addr, ins.memOffset))
}

const storeRule: Rule = (l, ins) => {
  const { stack } = l
  stack.settle(2)
  const value = stack.pop()
  const addr = stack.popOne()
  for (const store of lowerStore(stack, ins.op.name, ins.memory, addr, ins.memOffset, value, ins.offset)) {
    stack.before(store.addr.effects | store.value.effects | WRITE)
    l.emit(store)
  }
}

function selectRule({ stack }: FunctionLowering): void {
  stack.settle(3)
  const cond = stack.popOne()
  const [then, otherwise] = stack.popMany(2).map((value) => value.map((e) => (e.effects === 0 ? e : stack.name(e))))
  const once = then!.length === 1 ? cond : stack.atom(cond)
  stack.push(then!.map((e, i) => choose(once, e, otherwise![i]!)))
}

function setLocal(l: FunctionLowering, ins: Instruction): void {
  const regs = l.locals[ins.index]!
  const value = l.stack.pop()
  for (const reg of regs) l.stack.beforeSet(reg)
  l.stack.before(value.reduce((effects, e) => effects | e.effects, 0))
  l.assign(regs, value)
}

function setGlobal(l: FunctionLowering, ins: Instruction): void {
  const value = l.stack.pop()
  const safe = value.length === 1 ? value : value.map((e) => (isAtom(e) ? e : l.stack.name(e)))
  l.stack.before(WRITE)
  safe.forEach((e, part) => l.emit({ kind: 'global.set', global: ins.index, part, value: e, at: ins.offset }))
}

const entity = (kind: EntityRef['kind'], index: number): EntityRef => ({ kind, index })

const RULES: Partial<Record<OpName, Rule>> = {
  'nop': () => {},
  'i32.const': constant((ins) => [i32(ins.lo)]),
  'i64.const': constant((ins) => [i32(ins.lo), i32(ins.hi)]),
  'f32.const': constant((ins) => [f32(ins.lo)]),
  'f64.const': constant((ins) => [f64(ins.lo, ins.hi)]),
  'i32.eqz': ({ stack }) => stack.push([eqz(stack.popOne())]),

  'drop': (l) => {
    for (const e of l.stack.pop()) {
      if ((e.effects & (TRAP | WRITE)) === 0) continue
      l.stack.before(e.effects)
      l.emit({ kind: 'expr', value: e, at: l.at })
    }
  },
  'select': selectRule,
  'select t': selectRule,
  'local.get': (l, ins) => l.stack.push(l.reads[ins.index]!),
  'local.set': setLocal,
  'local.tee': (l, ins) => {
    setLocal(l, ins)
    l.stack.push(l.reads[ins.index]!)
  },
  'global.get': (l, ins) => {
    const { type, mutable } = l.module.globals[ins.index]!.type
    l.stack.push(registersOf(type).map((regType, part) => globalGet(ins.index, part, regType, mutable)))
  },
  'global.set': setGlobal,

  'call': (l, ins) => {
    const type = l.funcType(l.module.funcs[ins.index]!.type)
    const args = l.callOperands(type)
    l.pushCall(call(ins.index, args, firstRegister(type)), type.results)
  },
  'call_indirect': (l, ins) => {
    const type = l.funcType(ins.index)
    const { index, args } = l.indirectOperands(type)
    l.pushCall(callIndirect(ins.index2, ins.index, index, args, firstRegister(type)), type.results)
  },

  'memory.size': ({ stack }, ins) => stack.push([runtime('memory_size', [entity('memory', ins.index)], [], READ)]),
  'memory.grow': ({ stack }, ins) =>
    stack.push([runtime('memory_grow', [entity('memory', ins.index)], [stack.popOne()], READ | WRITE)]),
  'memory.fill': (l, ins) => l.effect('memory_fill', [entity('memory', ins.index)], 3),
  'memory.copy': (l, ins) => l.effect('memory_copy', [entity('memory', ins.index), entity('memory', ins.index2)], 3),
  'memory.init': (l, ins) => l.effect('memory_init', [entity('memory', ins.index2), entity('data', ins.index)], 3),
  'data.drop': (l, ins) => l.effect('data_drop', [entity('data', ins.index)], 0),

  'table.get': ({ stack }, ins) =>
    stack.push([runtime('table_get', [entity('table', ins.index)], [stack.popOne()], READ | TRAP, 'ref')]),
  'table.set': (l, ins) => l.effect('table_set', [entity('table', ins.index)], 2),
  'table.size': ({ stack }, ins) => stack.push([runtime('table_size', [entity('table', ins.index)], [], READ)]),
  'table.grow': ({ stack }, ins) =>
    stack.push([runtime('table_grow', [entity('table', ins.index)], stack.popMany(2).flat(), READ | WRITE)]),
  'table.fill': (l, ins) => l.effect('table_fill', [entity('table', ins.index)], 3),
  'table.copy': (l, ins) => l.effect('table_copy', [entity('table', ins.index), entity('table', ins.index2)], 3),
  'table.init': (l, ins) => l.effect('table_init', [entity('table', ins.index2), entity('elem', ins.index)], 3),
  'elem.drop': (l, ins) => l.effect('elem_drop', [entity('elem', ins.index)], 0),

  'ref.null': constant(() => [nullRef]),
  'ref.func': constant((ins) => [refFunc(ins.index)]),
  'ref.is_null': ({ stack }) => stack.push([plain('ref.is_null', 'i32', [stack.popOne()])]),
}

for (const op of [
  'i32.load',
  'i64.load',
  'f32.load',
  'f64.load',
  'i32.load8_s',
  'i32.load8_u',
  'i32.load16_s',
  'i32.load16_u',
  'i64.load8_s',
  'i64.load8_u',
  'i64.load16_s',
  'i64.load16_u',
  'i64.load32_s',
  'i64.load32_u',
] as const)
  RULES[op] = loadRule
for (const op of [
  'i32.store',
  'i64.store',
  'f32.store',
  'f64.store',
  'i32.store8',
  'i32.store16',
  'i64.store8',
  'i64.store16',
  'i64.store32',
] as const)
  RULES[op] = storeRule

/** The rules of i64 instructions by `Op.id`. */
const INT64_RULES = ops.map(({ name }) => int64Rule(name))

/** The rules by `Op.id`. */
const RULE_OF: readonly (Rule | undefined)[] = ops.map(({ name }) => RULES[name])

const firstRegister = (type: FuncType): RegType =>
  type.results.length === 0 ? 'i32' : registersOf(type.results[0]!)[0]!
