// What the emitter of a function knows: names, the memory strategy, which variables registers became.

import type * as es from 'estree'
import { WRITE } from '../3-ir/effects.ts'
import type { Expr } from '../3-ir/expr.ts'
import type { Reg, Stmt } from '../3-ir/ir.ts'
import { NOWHERE } from '../3-ir/positions.ts'
import type { RuntimeFunction, RuntimeName } from '../3-ir/runtime-names.ts'
import { MAIN, type Version } from '../3-ir/versions.ts'
import { effectsIn, sumOver } from '../3-ir/walk.ts'
import { effectsOfCall } from '../4-lower/facts/module-facts.ts'
import { GROWS } from '../4-lower/facts/scan.ts'
import type { Optimized } from '../5-optimize/passes.ts'
import { BIGINT_RUNTIME, type BigIntRuntime, cell as bigintCell } from './bigint.ts'
import { call, id, type Node } from './build.ts'
import type { Variable } from './instance-variables.ts'
import type { Marks } from './marks.ts'
import type { CallRuntime } from './meaning.ts'
import type { Scratch } from './memory/access.ts'
import { frequentViews } from './memory/frequent-views.ts'
import { type ModuleContext, takesSigned } from './module-context.ts'
import type { GatheredUses } from './uses.ts'
import { type Growing, LocalViews, mayGrow, wantsLocalViews } from './views.ts'

/**
 * How many variables stand before the view, if there are as many. No other variable stands in a function's text as often, so it
 * should have the same name in most functions; then it has that, too, where a minifier gives names by number.
 */
const VIEW_AT = 6

const TAIL_COUNT = 'tail count'

/** What ends the names of the words of a local behind the first. */
const MORE_WORDS = ['h', 'y', 'z']

/** What holds an exception where a handler takes it: `catch` names it so. No variable for a register has this name. */
export const CAUGHT = 'x_'

export class FunctionContext implements Scratch {
  readonly module: ModuleContext
  readonly optimized: Optimized
  /** Gathers what its text uses. Functions of a run share it: sets of their own would cost each of them time. */
  readonly uses: GatheredUses
  /** Which instructions nodes are from; undefined: nobody asks. */
  readonly marks: Marks | undefined
  /** Byte offset of the instruction at work. */
  #at = NOWHERE
  readonly #variables: string[] = []
  /** Whether what was caught is in a variable of the function: handlers are arms of a dispatch. */
  keepsCaught = false
  /** How many `try` statements of JavaScript are around what is emitted. */
  tries = 0
  readonly #scratch = new Map<string, string>()
  readonly localViews: LocalViews | undefined
  /** How many variables stand before the first of the local views, if there are any. */
  readonly viewAt: number = Infinity

  constructor(module: ModuleContext, optimized: Optimized, uses: GatheredUses) {
    this.module = module
    this.optimized = optimized
    this.uses = uses
    this.marks = module.hasPositions ? new Map() : undefined
    if (module.facts !== undefined && wantsLocalViews(optimized.func, this.#growing)) {
      this.viewAt = Math.max(optimized.func.params.length, Math.min(VIEW_AT, optimized.allocation.types.length))
      const first = module.names.variable(this.viewAt)
      this.localViews = new LocalViews(module.access.view, (index) =>
        index === 0 ? first : this.scratch(`view ${index}`),
      )
    }
    if (!module.readable) return
    const { params, locals } = optimized.func
    const used = new Set<string>()
    for (const { id: reg, local } of [...params, ...locals]) {
      const name = module.names.local(optimized.func.index, local!)
      const variable = optimized.allocation.variable.get(reg)
      if (name !== undefined) this.#variables[variable] ??= unique(name, used)
    }
  }

  /** Begins with what is from the instruction there. @returns the one around, to `leave` to */
  enter(at: number): number {
    const outer = this.#at
    if (at !== NOWHERE) this.#at = at
    return outer
  }

  leave(outer: number): void {
    this.#at = outer
  }

  /** A node that is from the instruction at work, unless it is known to be from another one inside of that. */
  mark<T extends es.Node>(node: T): T {
    if (this.marks !== undefined && this.#at !== NOWHERE && !this.marks.has(node)) this.marks.set(node, this.#at)
    return node
  }

  runtime: CallRuntime = (name, ...args) => this.callRuntime(name, args)

  /** The same with operands that are not counted. */
  callRuntime(name: RuntimeFunction, args: readonly Node[]): Node {
    if (name === 'sx' || name === 'ux') return call(this.bigintRuntime(name), args)
    this.uses.runtime.add(name)
    return this.mark(call(id(name), args))
  }

  /** A variable of the runtime: cells of results, or a guard. */
  runtimeVariable(name: RuntimeName): Node {
    this.uses.runtime.add(name)
    return id(name)
  }

  /** A version of a function of the module. */
  func(index: number, version: Version = MAIN): Variable {
    this.uses.funcs.add(index)
    return this.module.instance.version(index, version)
  }

  /** A reference to a function of the module. */
  funcRef(index: number): Variable {
    this.uses.funcs.add(index)
    return this.module.instance.ref(index)
  }

  /** A copy of an entity of the runtime: compiled while a loop runs, a function looks for what is outside again and again. */
  bigintRuntime = (name: BigIntRuntime): es.Identifier => {
    this.uses.runtime.add(name)
    return id(this.scratch(name))
  }

  view(name: string): Node {
    this.uses.views.add(name)
    return this.localViews?.read(name) ?? this.module.access.view(name)
  }

  readonly #reads: es.Identifier[] = []

  /** A read of a register's variable: one node for all of them. */
  read(reg: Reg): es.Identifier {
    const index = this.optimized.allocation.variable.get(reg.id)
    this.#reads[index] ??= id(this.numbered(index))
    return this.#reads[index]
  }

  #wanted: ReadonlySet<string> | undefined

  /** Where views are variables of the function, only the most read ones are worth it. */
  wantsView(name: string): boolean {
    if (this.module.facts === undefined) return false
    if (this.localViews === undefined) return true
    this.#wanted ??= frequentViews(this.optimized.func)
    return this.#wanted.has(name)
  }

  /** Whether a statement's own expressions may grow a memory whose views are in local variables. */
  outdatesViews(stmt: Stmt): boolean {
    if (this.localViews === undefined || (effectsIn(stmt) & WRITE) === 0) return false
    if (stmt !== this.#asked) {
      this.#asked = stmt
      this.#outdates = sumOver(stmt, this.#mayGrow) > 0
    }
    return this.#outdates
  }

  /** What `outdatesViews` said last, and of what: each statement is asked about several times in a row. */
  #asked: Stmt | undefined
  #outdates = false

  readonly #mayGrow = (e: Expr): number => Number(mayGrow(e, this.#growing))

  readonly #growing: Growing = (e) => (effectsOfCall(this.module.facts!, e) & GROWS) !== 0

  variable(reg: Reg): string {
    return this.numbered(this.optimized.allocation.variable.get(reg.id))
  }

  /** Whether two registers are one variable. */
  isSame(one: Reg, other: Reg): boolean {
    const { variable } = this.optimized.allocation
    return variable.get(one.id) === variable.get(other.id)
  }

  /** What holds a register: a variable, or, in versions on BigInts, a cell. */
  place(reg: Reg): es.Identifier | es.MemberExpression {
    if (reg.type !== 'i64cell') return this.read(reg)
    return this.bigintCell(this.optimized.allocation.variable.get(reg.id))
  }

  /** The cell that is this variable: those that are cells have the cells in their order. */
  bigintCell(index: number): es.MemberExpression {
    this.#cells ??= this.optimized.allocation.types.flatMap((type, variable) => (type === 'i64cell' ? [variable] : []))
    return bigintCell(this.bigintRuntime, this.#cells.indexOf(index))
  }

  /** The variables that are cells: there are few. */
  #cells: readonly number[] | undefined

  numbered(index: number): string {
    return this.#variables[index] ?? this.module.names.variable(index < this.viewAt ? index : index + 1)
  }

  scratch(purpose: string): string {
    let name = this.#scratch.get(purpose)
    if (name === undefined) {
      const before = this.optimized.allocation.types.length + Number(this.localViews !== undefined)
      name = this.module.names.variable(before + this.#scratch.size)
      this.#scratch.set(purpose, name)
    }
    return name
  }

  /** The first of the local views, if it was asked for, and what it starts with. */
  get firstView(): readonly [string, Node] | undefined {
    return this.localViews?.declarations[0]
  }

  /** The parameter that counts the tail calls since the stack was empty. */
  get tailCount(): string {
    return this.scratch(TAIL_COUNT)
  }

  /** Variables that were asked for beside these, and what they start with. */
  get scratchVariables(): readonly [string, Node | null][] {
    if (this.#scratch.size === 0) return this.keepsCaught ? [[CAUGHT, null]] : []
    const values = new Map(this.localViews?.declarations)
    for (const name of BIGINT_RUNTIME) values.set(this.#scratch.get(name) ?? '', id(name))
    const declared = [...this.#scratch].filter(([purpose]) => purpose !== TAIL_COUNT)
    const scratch = declared.map(([_, name]): [string, Node | null] => [name, values.get(name) ?? null])
    return this.keepsCaught ? [...scratch, [CAUGHT, null]] : scratch
  }

  /** Whether an address may be a signed word. */
  takesSigned(memory: number): boolean {
    return this.module.facts !== undefined && takesSigned(this.module, memory)
  }

  needsNanBits(reg: Reg): boolean {
    return this.optimized.nanObserved(reg)
  }
}

/** The registers of an i64 or a v128 local have the same name; names of locals end in a number. */
function unique(name: string, used: Set<string>): string {
  let made = name
  for (let more = 0; used.has(made); more++) made = `${name}${MORE_WORDS[more] ?? `h${more}`}`
  used.add(made)
  return made
}
