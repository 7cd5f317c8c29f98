// Functions of the IR for tests of analyses, made by hand: registers of any type and short names for what is used most.

import type { Expr } from '../../../src/3-ir/expr.ts'
import { anyOperation, i32, i64, regRead } from '../../../src/3-ir/expressions.ts'
import type { Func, List, Reg, RegType } from '../../../src/3-ir/ir.ts'
import type { IrOp } from '../../../src/3-ir/ops/index.ts'
import { MAIN } from '../../../src/3-ir/versions.ts'

export class FuncBuilder {
  readonly #params: Reg[] = []
  readonly #locals: Reg[] = []
  #count = 0

  param(type: RegType): Reg {
    const reg = this.temp(type)
    this.#params.push(reg)
    return reg
  }

  local(type: RegType): Reg {
    const reg = this.temp(type)
    this.#locals.push(reg)
    return reg
  }

  temp(type: RegType): Reg {
    return { id: this.#count++, type, local: undefined }
  }

  func(body: List): Func {
    return {
      index: 0,
      version: MAIN,
      alternatives: [],
      int64: 'value',
      params: this.#params,
      locals: this.#locals,
      results: [],
      body,
      regCount: this.#count,
      labelCount: 100,
      hasTailCalls: false,
      hasVectors: false,
    }
  }
}

/** An instruction on registers and other expressions: its result has the type of its name. */
export const op = (name: IrOp, ...args: (Expr | Reg)[]): Expr =>
  anyOperation(
    name,
    args.map((e) => ('kind' in e ? e : regRead(e))),
  )

export const word = i32

/** An i64 constant. */
export const long = (value: bigint): Expr =>
  i64(Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)))
