// Whether a function leaves globals as it found them. Code of C and of AssemblyScript moves a stack pointer down when a
// function begins and back before it returns; to callers that is as if it had not been set.
//
//   global.get 0  i32.const 16  i32.sub  local.tee 3  global.set 0  ...  local.get 3  i32.const 16  i32.add  global.set 0
//
// What a global holds is followed as "its value at entry and a constant", through locals that were set to it, in one pass:
// at a loop it is taken to be what it is when the loop is entered, and a branch back that finds it otherwise ends the
// attempt. Everything that is not of this shape counts as setting the global.

import { type OpName, ops } from '../../0-wasm/ops/index.ts'
import type { Instruction } from '../../1-decode/instruction.ts'
import { afterCalls, ENTRY, type Held, heldIn, includes, meet, moved, type State, type Value } from './balance-state.ts'

interface Frame {
  readonly isLoop: boolean
  /** At the start of a loop; what an `if` goes on with if it has no `else`. */
  readonly start: State | undefined
  /** What branches to the end bring. */
  end: State | undefined
}

/** More locals than this are not followed, so that time is linear in the code. */
const MAX_LOCALS = 4

/** What instructions are here. All code of a module is walked: so it is found by number, and most are none of these. */
const [OTHER, LOCAL_GET, LOCAL_SET, LOCAL_TEE, I32_CONST, I32_ADD, I32_SUB] = [0, 1, 2, 3, 4, 5, 6]
const [GLOBAL_GET, GLOBAL_SET, CALL, CONTROL] = [7, 8, 9, 10]

const ROLES: { readonly [Name in OpName]?: number } = {
  'local.get': LOCAL_GET,
  'local.set': LOCAL_SET,
  'local.tee': LOCAL_TEE,
  'i32.const': I32_CONST,
  'i32.add': I32_ADD,
  'i32.sub': I32_SUB,
  'global.get': GLOBAL_GET,
  'global.set': GLOBAL_SET,
  'call': CALL,
  'call_indirect': CALL,
}

/** By `Op.id`. */
const ROLE_OF = Uint8Array.from(ops, ({ name, effect }) => ROLES[name] ?? (effect === 'control' ? CONTROL : OTHER))

export class Balance {
  /** Globals that the function may leave changed, whatever the functions do that it calls: as bits, like `restored`. */
  unbalanced = 0
  /** Globals that may be changed when it returns if a function that it calls changes them. */
  #trusting = 0
  readonly #bitOf: (global: number) => number
  readonly #frames: Frame[] = []
  /** undefined: control does not come here. */
  #state: State | undefined = ENTRY
  /** The topmost operand and the one below, as far as they are known; what is below an unknown one is not known either. */
  #top: Value | number | undefined
  #below: Value | number | undefined

  /** @param bitOf the bit of a global, 0 if it is not followed */
  constructor(bitOf: (global: number) => number) {
    this.#bitOf = bitOf
    this.#open(false, undefined)
  }

  /** Globals that are, when the function returns, what they were when it began, whatever other functions do. */
  get restored(): number {
    return ~(this.unbalanced | this.#trusting)
  }

  /** Takes an instruction. @returns false if nothing more can be found out: all globals that are set stay changed */
  step(ins: Instruction): boolean {
    switch (ROLE_OF[ins.op.id]) {
      case OTHER:
        this.#forget()
        return true
      case LOCAL_GET:
        this.#push(this.#local(ins.index))
        return true
      case I32_CONST:
        this.#push(ins.lo)
        return true
      case LOCAL_TEE:
        this.#setLocal(ins.index, this.#top)
        return true
      case LOCAL_SET:
        this.#setLocal(ins.index, this.#top)
        break
      case I32_ADD:
        this.#add(1)
        return true
      case I32_SUB:
        this.#add(-1)
        return true
      case GLOBAL_GET:
        this.#push(this.#read(ins.index))
        return true
      case GLOBAL_SET:
        this.#set(ins.index, this.#top)
        break
      case CALL:
        if (this.#state !== undefined) this.#state = afterCalls(this.#state)
        break
      default:
        this.#forget()
        return this.#control(ins)
    }
    this.#forget()
    return true
  }

  #forget(): void {
    this.#top = undefined
    this.#below = undefined
  }

  #control(ins: Instruction): boolean {
    const state = this.#state
    switch (ins.op.name) {
      case 'block':
        this.#open(false, undefined)
        return true
      case 'loop':
        this.#state = state && afterCalls(state)
        this.#open(true, this.#state)
        return true
      case 'if':
        this.#open(false, state)
        return true
      case 'else': {
        const frame = this.#frames.pop()!
        this.#open(false, undefined)
        this.#frames.at(-1)!.end = meet(frame.end, state)
        this.#state = frame.start
        return true
      }
      case 'end':
        this.#end(this.#frames.pop()!)
        return true
      case 'br':
        return this.#leave(ins.index) && this.#stop()
      case 'br_if':
        return this.#leave(ins.index)
      case 'br_table':
        return ins.labels.every((label) => this.#leave(label)) && this.#stop()
      case 'return':
        this.#return(state)
        return this.#stop()
      case 'return_call':
      case 'return_call_indirect':
        this.#return(state && afterCalls(state))
        return this.#stop()
      case 'unreachable':
        return this.#stop()
      default:
        // Handlers, calls of references: control goes where nobody follows it.
        return false
    }
  }

  #open(isLoop: boolean, start: State | undefined): void {
    this.#frames.push({ isLoop, start, end: undefined })
  }

  #end({ isLoop, start, end }: Frame): void {
    // An `if` that has no `else` goes on with what it began with, too.
    if (!isLoop) this.#state = meet(meet(this.#state, end), start)
    if (this.#frames.length === 0) this.#return(this.#state)
  }

  /** Branches. @returns false if a loop is entered with something else than at first */
  #leave(depth: number): boolean {
    const frame = this.#frames[this.#frames.length - 1 - depth]
    if (this.#state === undefined) return true
    // Code that is not valid: the validator will say so.
    if (frame === undefined) return false
    if (frame.isLoop) return frame.start !== undefined && includes(frame.start, this.#state)
    frame.end = meet(frame.end, this.#state)
    return true
  }

  /** Control does not go on. */
  #stop(): boolean {
    this.#state = undefined
    return true
  }

  #return(state: State | undefined): void {
    if (state === undefined) return
    let set = 0
    for (const { global, offset, trusts } of state.held) {
      const bit = this.#bitOf(global)
      set |= bit
      if (offset !== 0) this.unbalanced |= bit
      else if (trusts) this.#trusting |= bit
    }
    if (state.called) this.#trusting |= ~set
  }

  #push(value: Value | number | undefined): void {
    this.#below = value === undefined ? undefined : this.#top
    this.#top = value
  }

  /** Replaces the two topmost operands by their sum or difference. */
  #add(sign: number): void {
    const right = this.#top
    const left = this.#below
    this.#forget()
    if (typeof left === 'object' && typeof right === 'number') this.#push(moved(left, sign * right))
    else if (typeof left === 'number' && typeof right === 'object' && sign === 1) this.#push(moved(right, left))
  }

  #read(global: number): Value | undefined {
    if (this.#state === undefined || this.#bitOf(global) === 0) return undefined
    const { offset, trusts } = heldIn(this.#state, global)
    return offset === undefined ? undefined : { global, offset, trusts, isDirect: true }
  }

  #local(index: number): Value | undefined {
    const locals = this.#state?.locals
    if (locals === undefined || locals.size === 0) return undefined
    const value = locals.get(index)
    return value && { ...value, isDirect: false }
  }

  #setLocal(index: number, value: Value | number | undefined): void {
    const state = this.#state
    if (state === undefined || (state.locals.size === 0 && typeof value !== 'object')) return
    const known = state.locals.has(index)
    const isFollowed = typeof value === 'object' && value.isDirect && (known || state.locals.size < MAX_LOCALS)
    if (!known && !isFollowed) return
    const locals = new Map(state.locals)
    if (isFollowed) locals.set(index, value)
    else locals.delete(index)
    this.#state = { ...state, locals }
  }

  #set(global: number, value: Value | number | undefined): void {
    if (this.#state === undefined || this.#bitOf(global) === 0) return
    const isOwn = typeof value === 'object' && value.global === global
    const held: Held = { global, offset: isOwn ? value.offset : undefined, trusts: isOwn && value.trusts }
    this.#state = { ...this.#state, held: [...this.#state.held.filter((each) => each.global !== global), held] }
  }
}
