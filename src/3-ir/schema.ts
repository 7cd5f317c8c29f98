// Every kind of node once: what is in it, what it does, where control goes. A new kind does not compile until it stands
// here; what must know kinds one by one and stands elsewhere says so by ending in `satisfies never`.
//
// What all nodes have is not said again: operands are in `args`, registers that are set in `regs`, bodies in `bodies`,
// labels in `labels`, and walks that need no more (walk.ts) know no kinds.

import { ANYTHING, READ_GLOBAL, READ_MEMORY, THROW, TRAP, WRITE, WRITE_GLOBAL, WRITE_MEMORY } from './effects.ts'
import type { Expr } from './expr.ts'
import { GC_OPS } from './gc-ops.ts'
import type { Func, Label, RegType, Stmt } from './ir.ts'
import { ACCESSES } from './ops/accesses.ts'
import { OPS } from './ops/index.ts'
import { RUNTIME_CALLS } from './runtime-calls.ts'

type Datum = string | number | boolean | undefined

/** The type that an operand must have; `any` if it depends on what is called. */
export type Operand = RegType | 'any'

/** A kind of expression. */
export interface ExprKind<E extends Expr = Expr> {
  /** What it says beside its operands and its type. */
  readonly data: (e: E) => readonly Datum[]
  /** The types of its operands; undefined: as many of any type as there are. */
  readonly operands: (e: E) => readonly Operand[] | undefined
  /** The type that it has on these operands; undefined: any. */
  readonly type: (e: E) => RegType | undefined
  /** What it does itself (effects.ts), its operands not counted. */
  readonly effects: (e: E) => number
  /** The effects that an operand may have. */
  readonly allows: (e: E, operand: number) => number
  /** Whether an operand is evaluated more than once, or not where it stands: it is a register or a constant. */
  readonly needsAtom: (e: E, operand: number) => boolean
}

const NONE: readonly never[] = []
const none = (): readonly never[] => NONE
const any = (): undefined => undefined
const nothing = (): number => 0
const everything = (): number => ANYTHING
/** What looks at state that a write would have changed. */
const noWrites = (): number => ANYTHING & ~WRITE
const never = (): boolean => false

export const EXPRS: { readonly [K in Expr['kind']]: ExprKind<Extract<Expr, { kind: K }>> } = {
  'reg': {
    data: ({ reg: { id, type, local } }) => [id, type, local],
    operands: none,
    type: ({ reg }) => reg.type,
    effects: nothing,
    allows: everything,
    needsAtom: never,
  },
  'const': {
    data: ({ value, lo, hi }) => [value, lo, hi],
    operands: none,
    type: any,
    effects: nothing,
    allows: everything,
    needsAtom: never,
  },
  'op': {
    data: ({ op, own }) => [op, own],
    operands: ({ op }) => OPS[op].params,
    type: ({ op }) => OPS[op].type,
    effects: ({ own }) => own,
    allows: ({ op }) => (OPS[op].isReversed ? noWrites() : ANYTHING),
    needsAtom: ({ op }, operand) => OPS[op].repeated.includes(operand),
  },
  'load': {
    data: ({ op, memory, offset, guard }) => [op, memory, offset, guard],
    operands: () => ['i32'],
    type: ({ op }) => ACCESSES[op].type,
    effects: () => READ_MEMORY | TRAP,
    // JavaScript takes the view of the memory before it evaluates the address, and a write may grow the memory.
    allows: noWrites,
    needsAtom: never,
  },
  'call': {
    data: ({ func, version: { kind, number } }) => [func, kind, number],
    operands: any,
    type: any,
    effects: () => ANYTHING,
    allows: everything,
    needsAtom: never,
  },
  'call_indirect': {
    data: ({ table, typeIndex }) => [table, typeIndex],
    operands: ({ table, callArgs }) => [table === undefined ? 'ref' : 'i32', ...callArgs.map((): Operand => 'any')],
    type: any,
    effects: () => ANYTHING,
    // An index is checked before the arguments are evaluated, and stands in three places.
    allows: nothing,
    needsAtom: ({ table }, operand) => operand === 0 && table !== undefined,
  },
  'global.get': {
    data: ({ global, part, effects }) => [global, part, effects],
    operands: none,
    type: any,
    effects: ({ effects }) => effects & READ_GLOBAL,
    allows: everything,
    needsAtom: never,
  },
  'ref.func': {
    data: ({ func }) => [func],
    operands: none,
    type: () => 'ref',
    effects: nothing,
    allows: everything,
    needsAtom: never,
  },
  'gc': {
    data: ({ op, heap, detail, part, own }) => [op, heap, detail, part, own],
    operands: any,
    type: ({ op }) => GC_OPS[op].result,
    effects: ({ own }) => own,
    // JavaScript may take what an array has its elements in before it evaluates the other operands.
    allows: ({ op }) => (GC_OPS[op].takesArray ? noWrites() : ANYTHING),
    needsAtom: ({ op }, operand) => GC_OPS[op].repeats > operand,
  },
  'select': {
    data: none,
    operands: ({ type }) => ['i32', type, type],
    type: ({ then }) => then.type,
    effects: nothing,
    // Only one arm is evaluated.
    allows: (_, operand) => (operand === 0 ? ANYTHING : 0),
    needsAtom: never,
  },
  'runtime': {
    data: ({ name, entities }) => [name, ...entities.flatMap(({ kind, index }) => [kind, index])],
    operands: ({ name }) => RUNTIME_CALLS[name].params,
    type: ({ name }) => RUNTIME_CALLS[name].result,
    effects: ({ name }) => RUNTIME_CALLS[name].effects,
    allows: everything,
    needsAtom: never,
  },
  'tuple': {
    data: none,
    operands: ({ args }) => args.map(({ type }): Operand => (type === 'ref' ? 'ref' : 'i32')),
    type: () => 'ref',
    effects: nothing,
    allows: everything,
    needsAtom: never,
  },
}

/** A kind of statement. */
export interface StmtKind<S extends Stmt = Stmt> {
  /** What it says beside its operands, registers, bodies and labels. */
  readonly data: (stmt: S) => readonly Datum[]
  /** The types of its operands, in this function. */
  readonly operands: (stmt: S, func: Func) => readonly Operand[]
  /** How many registers it sets. */
  readonly regs: 0 | 1 | 'many'
  /** What it does itself (effects.ts), its operands not counted. */
  readonly effects: number
  /** The effects that its operands may have. */
  readonly allows: (stmt: S) => number
  /** The labels it branches to. */
  readonly targets: (stmt: S) => readonly Label[]
  /** Where control goes: on to the next statement, nowhere, or into bodies. */
  readonly flow: 'on' | 'leaves' | Flow
  /** Thousandths of bytes of V8 bytecode, operands not counted (bytecode-size.ts), and as many for each register set. */
  readonly bytes: number
  readonly bytesPerReg: number
}

/** How control goes through a statement that holds others. `out` is what follows the statement. */
export interface Flow {
  readonly bodies: 1 | 2 | 'many'
  /** Where it enters: the first body, one of them, the first and from anywhere in it the second, or that which a register says. */
  readonly enters: 'first' | 'one' | 'first, then perhaps second' | 'state'
  /** Where it goes from the end of a body: a loop may repeat it, an arm falls into the next one. */
  readonly falls: 'out' | 'out or again' | 'next'
  /** How many labels it has, and where branches to them go. */
  readonly labels: 'none' | 'out' | 'out, or none' | 'again' | 'arms'
}

const NO_LABELS: readonly Label[] = []
const noLabels = (): readonly Label[] => NO_LABELS
const one = (): readonly Operand[] => ['any']

/** What most statements are. */
const USUAL: StmtKind = {
  data: none,
  operands: none,
  regs: 0,
  effects: 0,
  allows: everything,
  targets: noLabels,
  flow: 'on',
  bytes: 0,
  bytesPerReg: 0,
}

export const STMTS: { readonly [K in Stmt['kind']]: StmtKind<Extract<Stmt, { kind: K }>> } = {
  'set': { ...USUAL, operands: ({ reg }) => [reg.type], regs: 1, bytesPerReg: 5852 },
  'call': { ...USUAL, data: ({ results }) => results, operands: one, regs: 'many', bytesPerReg: 13_832 },
  'expr': { ...USUAL, operands: one, bytes: 7714 },
  'store': {
    ...USUAL,
    data: ({ op, memory, offset }) => [op, memory, offset],
    operands: ({ op }) => ['i32', ACCESSES[op].type],
    effects: WRITE_MEMORY | TRAP,
    // The view is taken first, as for loads.
    allows: noWrites,
    bytes: 40_565,
  },
  'global.set': { ...USUAL, data: ({ global, part }) => [global, part], operands: one, effects: WRITE_GLOBAL },
  'return': {
    ...USUAL,
    operands: (_, { results }) => results,
    // Results behind the first go to cells before it is evaluated, and calls fill these cells too.
    allows: ({ values }) => (values.length > 1 ? noWrites() : ANYTHING),
    flow: 'leaves',
    bytes: 2660,
  },
  'trap': { ...USUAL, data: ({ message }) => [message], effects: TRAP, flow: 'leaves', bytes: 10_640 },
  'throw': { ...USUAL, operands: () => ['ref'], effects: THROW, flow: 'leaves', bytes: 2660 },
  'tail': { ...USUAL, operands: one, flow: 'leaves', bytes: 39_900 },
  'br': { ...USUAL, targets: ({ target }) => [target], flow: 'leaves', bytes: 5054 },
  'block': { ...USUAL, flow: { bodies: 1, enters: 'first', falls: 'out', labels: 'out' } },
  'loop': {
    ...USUAL,
    data: ({ repeats }) => [repeats],
    flow: { bodies: 1, enters: 'first', falls: 'out or again', labels: 'again' },
    bytes: 19_285,
  },
  'if': {
    ...USUAL,
    operands: () => ['i32'],
    flow: { bodies: 2, enters: 'one', falls: 'out', labels: 'out, or none' },
    bytes: 2660,
  },
  'switch': {
    ...USUAL,
    data: ({ cases }) => cases.map(({ indices }) => indices.join()),
    operands: () => ['i32'],
    flow: { bodies: 'many', enters: 'one', falls: 'out', labels: 'none' },
    bytes: 10_640,
  },
  'try': {
    ...USUAL,
    flow: { bodies: 2, enters: 'first, then perhaps second', falls: 'out', labels: 'none' },
    bytes: 15_960,
  },
  'dispatch': {
    ...USUAL,
    data: ({ state, first, resumes, again, arms }) => [
      ...[state.id, state.type, state.local, first, resumes === true, again !== undefined],
      ...arms.flatMap(({ also, handler }) => [also.length, handler?.id]),
    ],
    flow: { bodies: 'many', enters: 'state', falls: 'next', labels: 'arms' },
    bytes: 31_920,
  },
}

/** What there is to know of the kind of an expression. */
export const exprKind = ({ kind }: Expr): ExprKind => EXPRS[kind] as ExprKind

/** What there is to know of the kind of a statement. */
export const stmtKind = ({ kind }: Stmt): StmtKind => STMTS[kind] as StmtKind
