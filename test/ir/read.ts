// Functions for tests of analyses, as text, and their registers by name.

import { see } from '../../src/3-ir/head.ts'
import type { Func, Reg } from '../../src/3-ir/ir.ts'
import { regText } from '../../src/3-ir/notation.ts'
import { parse } from '../../src/3-ir/parse.ts'
import { verify } from '../../src/3-ir/verify.ts'

export interface Read {
  readonly func: Func
  /** The registers of these names. */
  regs(...names: string[]): Reg[]
}

/** Throws a VerifyError for what is no function. */
export function read(text: string): Read {
  const func = parse(text)
  verify(func)
  const byName = new Map([...see(func).regs.values()].map((reg) => [regText(reg), reg]))
  return { func, regs: (...names) => names.map((name) => byName.get(name)!) }
}
