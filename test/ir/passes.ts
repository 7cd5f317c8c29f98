// Tests of single passes by pairs of texts: a function before, and what the pass makes of it.
//
//     testPass('stores', {
//       'two constants': [`f0(l0: i32) [words] ...`, `f0(l0: i32) [words] ...`],
//       'other addresses': [`f0(l0: i32, l1: i32) [words] ...`],        it stays as it is
//     })
//
// Both texts are checked by the verifier, so that no pass is tested on what cannot come to it. Registers and labels that
// were made and are gone are not counted.

import { expect, test } from 'vitest'
import { see } from '../../src/3-ir/head.ts'
import type { Func } from '../../src/3-ir/ir.ts'
import { parseFuncs } from '../../src/3-ir/parse.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { verifyAll } from '../../src/3-ir/verify.ts'
import type { ModuleFacts } from '../../src/4-lower/facts/module-facts.ts'
import { TailGraph } from '../../src/4-lower/facts/tail-calls.ts'
import { LIMITS } from '../../src/4-lower/limits.ts'
import { runPass, type Surroundings } from '../../src/5-optimize/passes.ts'

/** Functions, or types, that do nothing. */
const nothing = (): ModuleFacts['funcs'] => ({ effects: new Int32Array(100), changes: new Int32Array(100) })

/** Nothing is known of the module but that it is alone. */
const ALONE: Surroundings = {
  level: 3,
  limit: Infinity,
  height: LIMITS.height,
  int64: 'words',
  facts: { funcs: nothing(), types: nothing(), tables: [], tails: new TailGraph(0).solve() },
  isPrivateGlobal: () => true,
  keepsLocals: false,
  takesSigned: () => false,
  byElement: false,
}

const shown = (funcs: readonly Func[]): string =>
  funcs.map((func) => funcText({ ...func, regCount: see(func).regCount, labelCount: see(func).labelCount })).join('')

function checked(text: string): Func[] {
  const funcs = parseFuncs(text)
  verifyAll(funcs)
  return funcs
}

/** What a pass makes of one function, as text. Throws a VerifyError if what it gets or gives is not well formed. */
function afterPass(pass: string, before: string, surroundings: Partial<Surroundings> = {}): string {
  const [func] = checked(before)
  const made = runPass(pass, func!, { ...ALONE, ...surroundings })
  verifyAll(made)
  return shown(made)
}

/** A test for each pair, by its name. Without a second text the function stays as it is. */
export function testPass(
  pass: string,
  pairs: Readonly<Record<string, readonly [before: string, after?: string]>>,
  surroundings?: Partial<Surroundings>,
): void {
  test.each(Object.entries(pairs))(`${pass}: %s`, (_, [before, after = before]) => {
    expect(afterPass(pass, before, surroundings)).toBe(shown(checked(after)))
  })
}
