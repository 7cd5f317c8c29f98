// What a check is given, and how it reports a broken rule.

import type { Expr } from '../expr.ts'
import type { Func, Int64, Stmt } from '../ir.ts'
import { versionText } from '../notation.ts'
import { exprText, stmtsText } from '../text.ts'
import type { Returned } from './codes.ts'
import type { ModuleTypes } from './module.ts'

/** How an i64 is held: as Wasm has it, by two registers of type i32, or by a BigInt. */
export type Stage = 'wasm' | 'words' | 'bigint'

const STAGES: Readonly<Record<Int64, Stage>> = { value: 'wasm', words: 'words', bigint: 'bigint' }

/** What is known around a function. */
export interface Known {
  /** The types of what the function's module has; without them, calls and globals are not looked at. */
  readonly module: ModuleTypes | undefined
  /** All versions of the function, or one and all its parts; without them, calls of parts are not looked at. */
  readonly funcs: readonly Func[] | undefined
  /** The numbers that parts may return. */
  readonly returned: Returned
  /** The parts that go on where they are told: they may be told to where they never come back from. */
  readonly resuming: ReadonlySet<number>
}

/** Thrown for IR that is not what it has to be: a defect of the compiler. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError'
}

const MAX_TEXT = 400

/** A function that is checked: throws errors that say where they are. */
export class Subject {
  readonly func: Func
  readonly stage: Stage
  readonly known: Known
  /** The statement that is looked at; undefined: the function itself. */
  stmt: Stmt | undefined

  constructor(func: Func, known: Known) {
    this.func = func
    this.stage = STAGES[func.int64]
    this.known = known
  }

  fail(rule: string, e?: Expr): never {
    const name = `f${this.func.index}${versionText(this.func.version)}`
    const place = this.stmt === undefined ? '' : ` ${shown(stmtsText([this.stmt]))}:`
    const tree = e === undefined ? '' : ` ${shown(exprText(e))}:`
    throw new VerifyError(`${name}:${place}${tree} ${rule}`)
  }

  /** A condition that has to hold. */
  need(holds: boolean, rule: string, e?: Expr): void {
    if (!holds) this.fail(rule, e)
  }
}

const shown = (text: string): string => `\`${text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}...` : text}\``
