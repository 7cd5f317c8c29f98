// Reads the text of the IR (text.ts): functions in lines, and statements in lines or on one. `parse(text(func))` is the
// same function, but for byte offsets that the text does not give.

import { see } from './head.ts'
import type { Func, List, Reg, RegType } from './ir.ts'
import { Registers, readType } from './parse/expressions.ts'
import { StatementParser } from './parse/statements.ts'
import { IrSyntaxError, Tokens } from './parse/tokens.ts'

/** Reads statements; registers that are not i32 need a function around. Throws IrSyntaxError. */
export function parseStmts(text: string): List {
  const tokens = new Tokens(text)
  const stmts = new StatementParser(tokens).list()
  if (tokens.peek().kind !== 'end') tokens.fail('the end expected')
  return stmts
}

/** Reads one function. Throws IrSyntaxError. */
export function parse(text: string): Func {
  const funcs = parseFuncs(text)
  if (funcs.length !== 1) throw new IrSyntaxError(`${funcs.length} functions, not one`)
  return funcs[0]!
}

/** Reads functions, each of which begins further left than what is in it. Throws IrSyntaxError. */
export function parseFuncs(text: string): Func[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const margin = Math.min(...lines.map((line) => line.search(/\S/)))
  const starts = lines.flatMap((line, i) => (/^f\d/.test(line.slice(margin)) ? [i] : []))
  return starts.map((start, i) => parseFunc(lines.slice(start, starts[i + 1]).join('\n')))
}

interface Flags {
  tails?: boolean
  floats?: boolean
  dispatches?: boolean
  products?: boolean
  wide?: 'has' | 'is'
  registers?: number
}

function parseFunc(text: string): Func {
  const tokens = new Tokens(text)
  const regs = new Registers()
  const [, index, part] = tokens.word(/^f(\d+)(?:_(\d+))?$/, 'a function')
  tokens.expect('(')
  const params = tokens.list(')', () => regs.declare(tokens))
  const results: RegType[] = []
  if (tokens.skip('->')) {
    do results.push(readType(tokens))
    while (tokens.skip(','))
  }
  const flags = readFlags(tokens)
  tokens.skipBreaks()
  const locals = declared('var', tokens, regs)
  declared('reg', tokens, regs)
  const body = new StatementParser(tokens, regs).list()
  if (tokens.peek().kind !== 'end') tokens.fail('the end expected')
  const seen = see({ params, locals, body })
  return {
    index: Number(index),
    ...(part === undefined ? {} : { part: Number(part) }),
    params,
    locals,
    results,
    body,
    regCount: flags.registers ?? seen.regCount,
    hasTailCalls: flags.tails ?? seen.hasTailCalls,
    ...(flags.wide === undefined ? {} : { wide: flags.wide }),
    hasFloats: flags.floats ?? seen.hasFloats,
    hasDispatches: flags.dispatches ?? seen.hasDispatches,
    hasProducts: flags.products ?? false,
  }
}

/** The registers of a line that begins with this word, if it is there. */
function declared(word: string, tokens: Tokens, regs: Registers): Reg[] {
  const found: Reg[] = []
  if (!tokens.skip(word)) return found
  do found.push(regs.declare(tokens))
  while (tokens.skip(','))
  tokens.skipBreaks()
  return found
}

function readFlags(tokens: Tokens): Flags {
  const flags: Flags = {}
  const flag = (): void => {
    if (/^\d+$/.test(tokens.peek().text)) {
      flags.registers = tokens.integer()
      tokens.expect('registers')
      return
    }
    const is = !tokens.skip('no')
    const [name] = tokens.word(/^(?:tails|floats|dispatches|products|wide)$/, 'a flag')
    if (name === 'wide') flags.wide = tokens.word(/^(?:has|is)$/, 'has or is')[0] as 'has' | 'is'
    else flags[name as 'tails' | 'floats' | 'dispatches' | 'products'] = is
  }
  if (tokens.skip('[')) tokens.list(']', flag)
  return flags
}
