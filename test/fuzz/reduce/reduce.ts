// Makes the module of a failure small, and its calls few.

import type { ValType } from '../../../src/0-wasm/types.ts'
import { constant, type NumName, opcode } from '../../binary/code.ts'
import type { Case } from '../net/failure.ts'
import { ENTERED, SHARED } from '../net/meddler.ts'
import { Editor, valName } from '../rewrite/editor.ts'
import { writeBody } from '../rewrite/instructions.ts'
import { isValid } from '../rewrite/twin.ts'
import { type Attempt, reduceFunction } from './function.ts'

/** Whether a case is one that still fails. */
export type Fails = (candidate: Case) => boolean

/** Passes of another optimiser over the module, each of which may make it smaller. */
export type Pass = (bytes: Uint8Array) => Promise<Uint8Array<ArrayBuffer> | undefined>

export interface Reduction {
  readonly fails: Fails
  readonly passes: readonly Pass[]
  /** Milliseconds since the epoch after which nothing more is tried. */
  readonly until: number
  /** Told of every smaller case. */
  readonly onSmaller: (smaller: Case) => void
}

export async function reduceCase(found: Case, reduction: Reduction): Promise<Case> {
  const reducer = new Reducer(found, reduction)
  await reducer.run()
  return reducer.best
}

class Reducer {
  best: Case
  readonly #reduction: Reduction

  constructor(found: Case, reduction: Reduction) {
    this.best = found
    this.#reduction = reduction
  }

  async run(): Promise<void> {
    this.#calls()
    this.#observers()
    for (let before = Infinity; this.#size < before && this.#hasTime; ) {
      before = this.#size
      this.#exports()
      await this.#passes()
      this.#bodies()
      await this.#passes()
      this.#functions()
      this.#calls()
    }
    this.#sections()
  }

  get #size(): number {
    return this.best.subject.bytes.length
  }

  get #hasTime(): boolean {
    return Date.now() < this.#reduction.until
  }

  #try(candidate: Case): boolean {
    if (!this.#hasTime || !this.#reduction.fails(candidate)) return false
    this.best = candidate
    this.#reduction.onSmaller(candidate)
    return true
  }

  readonly #attempt: Attempt = (bytes) => {
    const { best } = this
    return isValid(bytes) && this.#try({ ...best, subject: { ...best.subject, bytes } })
  }

  /** The last call alone, or without half of those before it, a quarter, ... */
  #calls(): void {
    for (let size = this.best.calls.length - 1; size > 0; size >>= 1) {
      for (let from = 0; from + 1 < this.best.calls.length; ) {
        const { calls } = this.best
        const to = Math.min(from + size, calls.length - 1)
        if (!this.#try({ ...this.best, calls: [...calls.slice(0, from), ...calls.slice(to)] })) from += size
      }
    }
    this.#arguments()
  }

  #arguments(): void {
    const { calls } = this.best
    for (const [i, { callee, args }] of calls.entries()) {
      for (const k of args.keys()) {
        for (const simple of [0, 1, -1]) {
          const now = this.best.calls[i]!.args
          if (Number(now[k]) === simple) break
          const changed = now.map((arg, j) => (j !== k ? arg : typeof arg === 'bigint' ? BigInt(simple) : simple))
          if (
            this.#try({
              ...this.best,
              calls: this.best.calls.map((call, j) => (j === i ? { callee, args: changed } : call)),
            })
          )
            break
        }
      }
    }
  }

  /** Without looking at globals and memories, if results tell. */
  #observers(): void {
    const { best } = this
    this.#try({ ...best, subject: { ...best.subject, state: undefined, memories: [] } }) ||
      this.#try({ ...best, subject: { ...best.subject, memories: [] } }) ||
      this.#try({ ...best, subject: { ...best.subject, state: undefined } })
  }

  /** Without exports that nobody calls, or only the host. */
  #exports(): void {
    const { subject, calls } = this.best
    const called = new Set(calls.map(({ callee }) => subject.callees[callee]!.name))
    const wanted = new Set([...called, subject.state, subject.fuel, ...subject.memories])
    for (const keepsEntered of [false, true]) {
      const editor = new Editor(subject.bytes)
      const kept = editor.exports.filter(
        ({ name }) => wanted.has(name) || (keepsEntered && (name.startsWith(ENTERED) || name === SHARED)),
      )
      editor.exports.splice(0, Infinity, ...kept)
      if (this.#attempt(editor.build())) return
    }
  }

  async #passes(): Promise<void> {
    for (const pass of this.#reduction.passes) {
      if (!this.#hasTime) return
      const bytes = await pass(this.best.subject.bytes)
      if (bytes !== undefined && bytes.length < this.#size) this.#attempt(bytes)
    }
  }

  /** Functions by size, the largest first. */
  #order(): number[] {
    const { funcs } = new Editor(this.best.subject.bytes).module
    const own = funcs.flatMap(({ body }, index) => (body === undefined ? [] : [{ index, size: body.end - body.start }]))
    return own.sort((a, b) => b.size - a.size).map(({ index }) => index)
  }

  /** Functions that do nothing, or only give a number. */
  #bodies(): void {
    for (const index of this.#order()) {
      const editor = new Editor(this.best.subject.bytes)
      const old = editor.bodies[index]!
      const zeros = editor.funcType(index).results.map(zero)
      const given = zeros.every((code) => code !== undefined) ? [zeros.flat()] : []
      for (const code of [opcode('unreachable'), ...given]) {
        editor.bodies[index] = writeBody([], [[...code, 0x0b]])
        if (editor.bodies[index]!.length < old.length && this.#attempt(editor.build())) break
      }
    }
  }

  #functions(): void {
    for (const index of this.#order()) if (this.#hasTime) reduceFunction(this.best.subject.bytes, index, this.#attempt)
  }

  #sections(): void {
    const without = (...names: ('data' | 'dataCount' | 'element' | 'start')[]): void => {
      const editor = new Editor(this.best.subject.bytes)
      for (const name of names) editor.without.add(name)
      this.#attempt(editor.build())
    }
    without('start')
    without('element')
    without('data')
    without('data', 'dataCount')
  }
}

/** Code that gives a value of a type; undefined for types that no feature of these tests has. */
function zero(type: ValType): number[] | undefined {
  const name = valName(type)
  switch (name) {
    case undefined:
      return undefined
    case 'funcref':
      return [0xd0, 0x70]
    case 'externref':
      return [0xd0, 0x6f]
    case 'v128':
      return [...opcode('v128.const'), ...new Array(16).fill(0)]
    default:
      return constant(name as NumName, 0n)
  }
}
