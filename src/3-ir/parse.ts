// Reads the text of the IR (text.ts): functions in lines, and statements in lines or on one. `parse(text(func))` is the
// same function, but for byte offsets that the text does not give.

import { see, usualInt64 } from './head.ts'
import type { Func, Int64, List, Reg, RegType } from './ir.ts'
import { FUNCTION, versionOf } from './notation.ts'
import { Registers, readType } from './parse/expressions.ts'
import { StatementParser } from './parse/statements.ts'
import { IrSyntaxError, Tokens } from './parse/tokens.ts'
import type { Version } from './versions.ts'

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
  int64?: Int64
  readonly alternatives: Version[]
  tails?: boolean
  vectors?: boolean
  registers?: number
  labels?: number
}

function parseFunc(text: string): Func {
  const tokens = new Tokens(text)
  const regs = new Registers()
  const name = tokens.word(FUNCTION, 'a function')
  const version = versionOf(name)
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
  const seen = see({ params, locals, results, body })
  return {
    index: Number(name[1]),
    version,
    alternatives: flags.alternatives,
    int64: flags.int64 ?? usualInt64(version),
    params,
    locals,
    results,
    body,
    regCount: flags.registers ?? seen.regCount,
    labelCount: flags.labels ?? seen.labelCount,
    hasTailCalls: flags.tails ?? seen.hasTailCalls,
    hasVectors: flags.vectors ?? seen.hasVectors,
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
  const flags: Flags = { alternatives: [] }
  const flag = (): void => {
    if (/^\d+$/.test(tokens.peek().text)) {
      const count = tokens.integer()
      flags[tokens.word(/^(?:registers|labels)$/, 'registers or labels')[0] as 'registers' | 'labels'] = count
    } else if (tokens.skip('or')) {
      flags.alternatives.push(versionOf(tokens.word(FUNCTION, 'a function')))
    } else if (tokens.skip('no')) {
      flags[tokens.word(/^(?:tails|vectors)$/, 'tails or vectors')[0] as 'tails' | 'vectors'] = false
    } else if (/^(?:tails|vectors)$/.test(tokens.peek().text)) {
      flags[tokens.word(/^/, 'a flag').input as 'tails' | 'vectors'] = true
    } else {
      flags.int64 = tokens.word(/^(?:value|words|bigint)$/, 'a flag')[0] as Int64
    }
  }
  if (tokens.skip('[')) tokens.list(']', flag)
  return flags
}
