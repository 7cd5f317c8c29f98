// What the code of a function does itself, found in one walk over it before any function is compiled.

import { CompileError } from '../../0-wasm/errors.ts'
import type { Feature } from '../../0-wasm/features.ts'
import { type FuncBody, isShared, type Module } from '../../0-wasm/module.ts'
import { type Op, ops } from '../../0-wasm/ops/index.ts'
import { CodeReader } from '../../1-decode/code.ts'
import type { Instruction } from '../../1-decode/instruction.ts'
import {
  ANYTHING,
  LEAVE,
  READ_GLOBAL,
  READ_MEMORY,
  TRAP,
  WRITE_GLOBAL,
  WRITE_MEMORY,
  WRITE_TABLE,
} from '../../3-ir/effects.ts'
import { GC_OPS, isGcOp } from '../../3-ir/gc-ops.ts'
import { isRuntimeCall, RUNTIME_CALLS } from '../../3-ir/runtime-calls.ts'
import { Balance } from './balance.ts'

/** Beside the effects of `3-ir/effects.ts`: it may grow a memory. */
export const GROWS = 1 << 10

/** Effects of what nothing is known of. */
const EVERYTHING = ANYTHING | GROWS

/** All globals. */
export const ALL_GLOBALS = -1

/** Globals from this one on have one bit together. */
const LAST_BIT = 31

/** The bit of a global in sets of globals. */
export const globalBit = (index: number): number => 1 << Math.min(index, LAST_BIT)

/** What a function does itself; what it calls is not included. */
export interface OwnFacts {
  readonly effects: number
  /** Globals that it sets, as bits. */
  readonly sets: number
  /** Those of them that may be changed when it returns. */
  readonly changes: number
  /** Globals that are, when it returns, what they were before, whatever it calls. */
  readonly restored: number
  /** Whether it goes on where a call of it has thrown: then what functions set back when they return may not be set back. */
  readonly catches: boolean
}

const UNKNOWN: OwnFacts = { effects: EVERYTHING, sets: ALL_GLOBALS, changes: ALL_GLOBALS, restored: 0, catches: true }

/** Told as they come of calls: of functions, of whatever has a type; and of what is known of no function alone. At last, of the rest. */
export interface Listener {
  direct(callee: number, isTail: boolean): void
  indirect(typeIndex: number): void
  /** A tail call; undefined: of what is not known. */
  tail(callee: number | undefined): void
  /** Elements of a table are set. */
  writes(table: number): void
  found(own: OwnFacts): void
}

/** Code that cannot be read may do everything; compiling it will say what is wrong. */
export function scanBody(module: Module, { start, end }: FuncBody, listener: Listener): void {
  try {
    const reader = new CodeReader(module, start, end)
    reader.locals()
    const scanner = new Scanner(module, listener)
    while (reader.next()) scanner.step(reader.ins)
    scanner.finish()
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    listener.found(UNKNOWN)
  }
}

/** Is told the instructions of a function, in order, then that they were all. */
export class Scanner {
  readonly #module: Module
  readonly #listener: Listener
  readonly #balance: Balance
  #follows = true
  #effects = 0
  #sets = 0
  #changes = 0
  #catches = false

  constructor(module: Module, listener: Listener) {
    this.#module = module
    this.#listener = listener
    this.#balance = new Balance((index) => (this.#isFollowed(index) ? globalBit(index) : 0))
  }

  #isFollowed(index: number): boolean {
    const global = this.#module.globals[index]
    return index < LAST_BIT && global?.type.mutable === true && global.type.type === 'i32'
  }

  step(ins: Instruction): void {
    const { id } = ins.op
    this.#effects |= EFFECTS[id]!
    if (IS_PLAIN[id] === 0) this.#more(ins)
    this.#follows &&= this.#balance.step(ins)
  }

  /** What an instruction does beside its effects. */
  #more(ins: Instruction): void {
    const { name, effect, id } = ins.op
    if (effect === 'control') {
      tellCall(ins, this.#listener)
      this.#catches ||= CATCHING.has(name)
    } else if (name === 'global.set') {
      this.#sets |= globalBit(ins.index)
      if (!this.#isFollowed(ins.index)) this.#changes |= globalBit(ins.index)
    } else if (name === 'memory.size') {
      // It synchronises with threads that grow the memory.
      if (isShared(this.#module, ins.index)) this.#effects |= GROWS
    } else if ((EFFECTS[id]! & WRITE_TABLE) !== 0) tellWrite(ins, this.#listener)
  }

  finish(): void {
    this.#listener.found(this.#found())
  }

  #found(): OwnFacts {
    if (this.#module.features.isLacking) return UNKNOWN
    const [effects, sets, catches] = [this.#effects, this.#sets, this.#catches]
    if (!this.#follows) return { effects, sets, changes: sets, restored: 0, catches }
    const unbalanced = this.#changes | (sets & this.#balance.unbalanced)
    return { effects, sets, changes: unbalanced, restored: this.#balance.restored & ~this.#changes, catches }
  }
}

function tellCall({ op: { name }, index }: Instruction, listener: Listener): void {
  if (name === 'call' || name === 'return_call') listener.direct(index, name === 'return_call')
  else if (
    name === 'call_indirect' ||
    name === 'return_call_indirect' ||
    name === 'call_ref' ||
    name === 'return_call_ref'
  )
    listener.indirect(index)
  if (name.startsWith('return_call')) listener.tail(name === 'return_call' ? index : undefined)
}

/** `table.init` names its segment first. */
function tellWrite({ op: { name }, index, index2 }: Instruction, listener: Listener): void {
  if (name !== 'elem.drop') listener.writes(name === 'table.init' ? index2 : index)
}

/** Features whose control is known. */
const FOLLOWED: ReadonlySet<Feature> = new Set<Feature>(['mvp', 'tail-call', 'exceptions', 'legacy-exceptions'])

const CATCHING: ReadonlySet<string> = new Set(['try_table', 'try'])

const THROWING: ReadonlySet<string> = new Set(['throw', 'throw_ref', 'rethrow', 'delegate'])

const isCall = (name: string): boolean => /^(return_)?call/.test(name)

/** What instructions do themselves, by `Op.id`; what calls do is not included. */
const EFFECTS = Int32Array.from(ops, effectsOfOp)

/** 1, by `Op.id`, for what does nothing but that: most instructions, of which no more is asked. */
const IS_PLAIN = Uint8Array.from(ops, ({ name, effect, id }) => {
  const isPlain =
    effect === 'control' ? !isCall(name) && !CATCHING.has(name) : name !== 'global.set' && name !== 'memory.size'
  return Number(isPlain && (EFFECTS[id]! & WRITE_TABLE) === 0)
})

function effectsOfOp({ name, effect, feature, immediates }: Op): number {
  if (name === 'global.get') return READ_GLOBAL
  if (name === 'global.set') return WRITE_GLOBAL
  if (name.startsWith('local.')) return 0
  if (feature === 'threads') return READ_MEMORY | WRITE_MEMORY | TRAP | GROWS
  if (immediates[0] === 'memarg') return TRAP | (effect === 'read' ? READ_MEMORY : WRITE_MEMORY)
  const runtime = name.replace('.', '_')
  if (isRuntimeCall(runtime)) return RUNTIME_CALLS[runtime].effects | (name === 'memory.grow' ? GROWS : 0)
  const gc = name.replace(/_[su]$/, '')
  if (isGcOp(gc)) return GC_OPS[gc].effects | TRAP
  if (effect === 'pure') return 0
  if (effect === 'trap' || name === 'unreachable') return TRAP
  if (THROWING.has(name)) return LEAVE
  // Calls count for themselves; of other control than this, and other state, nothing is known.
  if (effect !== 'control') return EVERYTHING
  if (feature === 'function-references' || feature === 'gc') return TRAP
  return FOLLOWED.has(feature) ? 0 : EVERYTHING
}
