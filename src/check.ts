// Checks of the IR between all passes (3-ir/verify.ts): for tests, and for those who look for a defect of the compiler.

import type { Module } from './0-wasm/module.ts'
import type { Func } from './3-ir/ir.ts'
import { versionText } from './3-ir/notation.ts'
import { ModuleTypes, VerifyError, verifyAll, verifyOrder } from './3-ir/verify.ts'
import type { Check } from './5-optimize/passes.ts'

/** What throws a VerifyError for the first pass that breaks a rule. */
export function checkOf(module: Module): Check {
  const types = new ModuleTypes(module)
  const last = new Last()
  return (funcs, pass) => {
    if (last.has(funcs)) return
    try {
      verifyAll(funcs, types)
      for (const [before, after] of last.pairs(funcs)) verifyOrder(before, after)
    } catch (error) {
      throw error instanceof VerifyError ? new VerifyError(`after ${pass}: ${error.message}`) : error
    }
    last.take(funcs)
  }
}

/** The versions of a function and their parts, as they were before a pass. */
class Last {
  /** By the text of their versions. */
  readonly #funcs = new Map<string, Func>()
  #latest: readonly Func[] = []

  has(funcs: readonly Func[]): boolean {
    return funcs.length === this.#latest.length && funcs.every((func, i) => func === this.#latest[i])
  }

  take(funcs: readonly Func[]): void {
    const isOther = funcs[0]!.index !== this.#latest[0]?.index
    for (const [text, { version }] of this.#funcs) if (isOther || version.kind === 'part') this.#funcs.delete(text)
    for (const func of funcs) this.#funcs.set(versionText(func.version), func)
    this.#latest = funcs
  }

  /** Functions with what they were before; parts come from the first of them, another version from the main one. */
  *pairs(funcs: readonly Func[]): Generator<readonly [before: Func, after: Func]> {
    const whole = this.#of(funcs[0]!) ?? this.#funcs.get('')
    for (const func of funcs) {
      const before = this.#of(func) ?? whole
      if (before !== undefined && before.index === func.index && before !== func) yield [before, func]
    }
  }

  readonly #of = ({ version }: Func): Func | undefined => this.#funcs.get(versionText(version))
}
