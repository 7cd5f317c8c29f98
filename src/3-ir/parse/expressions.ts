// Reads expressions from the text of the IR (text.ts).

import { READ_GLOBAL, READ_HEAP } from '../effects.ts'
import type { EntityRef, Expr, LoadOp, StoreOp } from '../expr.ts'
import {
  anyOperation,
  call,
  callIndirect,
  gc,
  globalGet,
  load,
  refFunc,
  regRead,
  runtime,
  select,
  tuple,
} from '../expressions.ts'
import { GC_OPS, type GcOp, isGcOp } from '../gc-ops.ts'
import type { Reg, RegType } from '../ir.ts'
import { effectOf, FUNCTION, parseConstant, parseHeap, versionOf } from '../notation.ts'
import { ACCESSES, type AccessOp } from '../ops/accesses.ts'
import { type IrOp, OPS } from '../ops/index.ts'
import { located, NOWHERE } from '../positions.ts'
import { isRuntimeCall, type RuntimeCallName } from '../runtime-calls.ts'
import type { Tokens } from './tokens.ts'

export class Registers {
  readonly #regs = new Map<number, Reg>()

  /** Takes a register's name. What was not declared is an i32, of the local of its number. */
  read(tokens: Tokens): Reg {
    const [, kind, id] = tokens.word(/^([lt])(\d+)$/, 'a register')
    const known = this.#regs.get(Number(id)) ?? this.#add(Number(id), 'i32', kind === 'l' ? Number(id) : undefined)
    if ((known.local === undefined) !== (kind === 't'))
      tokens.fail(`t${id} and l${id} would be one register; another one`)
    return known
  }

  /** Takes `l1/0: i32`. */
  declare(tokens: Tokens): Reg {
    const [, kind, id] = tokens.word(/^([lt])(\d+)$/, 'a register')
    const local = tokens.skip('/') ? tokens.integer() : kind === 'l' ? Number(id) : undefined
    tokens.expect(':')
    return this.#add(Number(id), readType(tokens), local)
  }

  #add(id: number, type: RegType, local: number | undefined): Reg {
    const reg: Reg = { id, type, local }
    this.#regs.set(id, reg)
    return reg
  }
}

export const readType = (tokens: Tokens): RegType =>
  tokens.word(/^(?:i32|i64|f32|f64|v128|ref|i64cell)$/, 'a type')[0] as RegType

export const isReg = (text: string): boolean => /^[lt]\d+$/.test(text)

const isAccess = (name: string, what: 'load' | 'store'): boolean =>
  name.includes(`.${what}`) && ACCESSES[name as AccessOp] !== undefined

export const isStore = (name: string): name is StoreOp => isAccess(name, 'store')

/** Where an access is: `m1 l0+4`. */
export interface Place {
  readonly memory: number
  readonly addr: Expr
  readonly offset: number
}

export class ExpressionParser {
  /** The position of the statement or expression that is read, which what is inside has too unless it says another. */
  at = NOWHERE
  readonly #tokens: Tokens
  readonly #regs: Registers

  constructor(tokens: Tokens, regs: Registers) {
    this.#tokens = tokens
    this.#regs = regs
  }

  readonly expression = (): Expr => {
    const outer = this.at
    if (this.#tokens.skip('@')) this.at = this.#tokens.integer('a position')
    const e = located(this.#bare(), this.at)
    this.at = outer
    return e
  }

  #bare(): Expr {
    const tokens = this.#tokens
    const { kind, text } = tokens.peek()
    if (text === '(') return this.#select()
    const constant = parseConstant(text)
    if (constant !== undefined) {
      tokens.take()
      return constant
    }
    if (kind !== 'word') return tokens.fail('an expression expected')
    if (isReg(text)) return regRead(this.#regs.read(tokens))
    tokens.take()
    const [name, type] = text.split(':') as [string, RegType | undefined]
    return name === 'ref' ? this.#reference(type) : this.#named(name, type)
  }

  #select(): Expr {
    const tokens = this.#tokens
    tokens.expect('(')
    const cond = this.expression()
    tokens.expect('?')
    const then = this.expression()
    tokens.expect(':')
    const otherwise = this.expression()
    tokens.expect(')')
    return select(cond, then, otherwise)
  }

  /** A reference to a function, or a call of one. */
  #reference(type: RegType | undefined): Expr {
    if (this.#tokens.peek().text === '[') return this.#callIndirect(undefined, type ?? 'i32')
    return refFunc(Number(this.#tokens.word(/^f(\d+)$/, 'a function')[1]))
  }

  #named(name: string, type: RegType | undefined): Expr {
    const func = FUNCTION.exec(name)
    if (func !== null) return call(Number(func[1]), this.#args(), type ?? 'i32', versionOf(func))
    const [, table] = /^table(\d+)$/.exec(name) ?? []
    if (table !== undefined) return this.#callIndirect(Number(table), type ?? 'i32')
    const [, global, register] = /^g(\d+)\.(\d+)$/.exec(name) ?? []
    if (global !== undefined) {
      const isMutable = (this.#effects() ?? READ_GLOBAL) !== 0
      return globalGet(Number(global), Number(register), type ?? 'i32', isMutable)
    }
    if (isGcOp(name)) return this.#gc(name, type)
    if (isAccess(name, 'load')) return this.#load(name as LoadOp)
    if (name === 'tuple') return tuple(this.#args())
    return isRuntimeCall(name) ? this.#runtime(name) : this.#operation(name)
  }

  #args(): Expr[] {
    this.#tokens.expect('(')
    return this.#tokens.list(')', this.expression)
  }

  #callIndirect(table: number | undefined, type: RegType): Expr {
    const tokens = this.#tokens
    tokens.expect('[')
    const index = this.expression()
    tokens.expect(':')
    const typeIndex = Number(tokens.word(/^type(\d+)$/, 'a type')[1])
    tokens.expect(']')
    return callIndirect(table, typeIndex, index, this.#args(), type)
  }

  #gc(op: GcOp, type: RegType | undefined): Expr {
    const tokens = this.#tokens
    const mutable = ((this.#effects() ?? GC_OPS[op].effects) & READ_HEAP) !== 0
    tokens.expect('[')
    const heap = parseHeap(tokens.word(/^[a-z]+[0-9]*$/, 'a type')[0]!)
    const [, detail, part] = tokens.word(/^(\d+)\.(\d+)$/, 'a field')
    tokens.expect(']')
    const result = type ?? GC_OPS[op].result ?? 'i32'
    return gc(op, heap, Number(detail), this.#args(), result, { part: Number(part), mutable })
  }

  #load(op: LoadOp): Expr {
    const tokens = this.#tokens
    tokens.expect('(')
    const { memory, addr, offset } = this.place()
    const guard = tokens.skip('guard') ? tokens.integer() : 0
    tokens.expect(')')
    return load(op, memory, addr, offset, guard)
  }

  place(): Place {
    const tokens = this.#tokens
    const isNamed = /^m\d+$/.test(tokens.peek().text)
    const memory = isNamed ? Number(tokens.take().text.slice(1)) : 0
    const addr = this.expression()
    tokens.expect('+')
    return { memory, addr, offset: tokens.integer('an offset') }
  }

  /** Effects in braces, if they are there. */
  #effects(): number | undefined {
    const tokens = this.#tokens
    if (!tokens.skip('{')) return undefined
    if (tokens.skip('pure')) {
      tokens.expect('}')
      return 0
    }
    let effects = 0
    do effects |= effectOf(tokens.peek().text) ?? tokens.fail('an effect expected')
    while (tokens.take() && !tokens.skip('}'))
    return effects
  }

  #operation(name: string): Expr {
    const op = (name.includes('.') ? name : `i32.${name}`) as IrOp
    if (OPS[op] === undefined) return this.#tokens.fail(`${name} is no operation; ( expected`)
    const own = this.#effects()
    return anyOperation(op, this.#args(), own)
  }

  #runtime(name: RuntimeCallName): Expr {
    this.#tokens.expect('(')
    const items = this.#tokens.list(')', () => this.#entity() ?? this.expression())
    const entities = items.filter((item): item is EntityRef => 'index' in item && !('args' in item))
    return runtime(name, entities, items.slice(entities.length) as Expr[])
  }

  #entity(): EntityRef | undefined {
    const [, kind, index] = /^(m|table|elem|data|tag)(\d+)$/.exec(this.#tokens.peek().text) ?? []
    if (kind === undefined || this.#tokens.peek(1).text === '[') return undefined
    this.#tokens.take()
    return { kind: kind === 'm' ? 'memory' : (kind as EntityRef['kind']), index: Number(index) }
  }
}
