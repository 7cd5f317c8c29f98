// Reads statements from the text of the IR (text.ts).

import type { Call, CallIndirect, Expr } from '../expr.ts'
import type { Arm, CallSet, Case, Label, List, Reg, Stmt } from '../ir.ts'
import type { TrapFunction } from '../runtime-names.ts'
import {
  attempt,
  block,
  branch,
  choice,
  dispatch,
  evaluate,
  giveBack,
  loop,
  newLabel,
  setGlobal,
  setReg,
  setResults,
  store,
  switchOn,
  tailCall,
  throwOn,
  trap,
} from '../statements.ts'
import { ExpressionParser, isReg, isStore, Registers } from './expressions.ts'
import type { Tokens } from './tokens.ts'

export class StatementParser {
  readonly #tokens: Tokens
  readonly #regs: Registers
  readonly #expressions: ExpressionParser
  readonly #labels = new Map<string, Label>()

  constructor(tokens: Tokens, regs = new Registers()) {
    this.#tokens = tokens
    this.#regs = regs
    this.#expressions = new ExpressionParser(tokens, regs)
  }

  /** Statements, with breaks between them, up to `}`, `|`, the key of a case, or the end. */
  readonly list = (): List => {
    const stmts: Stmt[] = []
    const tokens = this.#tokens
    for (;;) {
      const ends = stmts.length === 0 || tokens.peek().kind === 'break'
      while (tokens.peek().kind === 'break' && !tokens.is('|')) tokens.take()
      if (tokens.is('}') || tokens.is('|') || tokens.peek().kind === 'end' || this.#isKey()) return stmts
      if (!ends) tokens.fail('the end of the statement expected')
      stmts.push(this.#stmt(tokens.skip('@') ? tokens.integer() : 0))
    }
  }

  /** `0,1:` or `else:` */
  #isKey(): boolean {
    const { text } = this.#tokens.peek()
    return /^(?:\d+|else)$/.test(text) && /^(?:[,:]|throws)$/.test(this.#tokens.peek(1).text)
  }

  #stmt(at: number): Stmt {
    const tokens = this.#tokens
    this.#expressions.at = at
    const { text } = tokens.peek()
    const parser = STATEMENTS[text]
    if (parser !== undefined) {
      tokens.take()
      return this[parser](at)
    }
    const next = tokens.peek(1).text
    if (isReg(text) && /^[=,:]$/.test(next)) return this.#set(at)
    if (/^g\d+\.\d+$/.test(text) && next === '=') return this.#setGlobal(at)
    return isStore(text) ? this.#store(at) : evaluate(this.#expression(), at)
  }

  readonly #expression = (): Expr => this.#expressions.expression()

  #label(): Label {
    const [name] = this.#tokens.word(/^\d+$/, 'a label')
    let label = this.#labels.get(name)
    if (label === undefined) {
      label = newLabel(Number(name))
      this.#labels.set(name, label)
    }
    return label
  }

  branch(at: number): Stmt {
    return branch(this.#label(), at)
  }

  block(at: number): Stmt {
    return block(this.#label(), this.#braces(), at)
  }

  loop(at: number): Stmt {
    const label = this.#label()
    const repeats = this.#tokens.skip('repeats')
    return loop(label, this.#braces(), at, repeats)
  }

  if(at: number): Stmt {
    const tokens = this.#tokens
    const label = tokens.is('(') ? undefined : this.#label()
    const cond = this.#inParentheses()
    const then = this.#braces()
    return choice(cond, label, then, tokens.skip('else') ? this.#braces() : [], at)
  }

  switch(at: number): Stmt {
    const index = this.#inParentheses()
    const cases = this.#entries<number | undefined, Case>(
      () => (this.#tokens.skip('else') ? undefined : this.#tokens.integer()),
      (keys, body) => ({ indices: keys.filter((key) => key !== undefined), body }),
    )
    return switchOn(index, cases, at)
  }

  try(at: number): Stmt {
    const body = this.#braces()
    this.#tokens.expect('catch')
    return attempt(body, this.#braces(), at)
  }

  dispatch(at: number): Stmt {
    const tokens = this.#tokens
    const state = this.#regs.read(tokens)
    const first = tokens.skip('first') ? tokens.integer() : undefined
    const resumes = tokens.skip('resumes') ? true : undefined
    const again = tokens.skip('again') ? this.#label() : undefined
    let handler: Label | undefined
    const arms = this.#entries<Label, Arm>(
      () => {
        const label = this.#label()
        handler = tokens.skip('throws') ? this.#label() : undefined
        return label
      },
      ([label, ...also], body) => ({ label: label!, also, body, handler }),
    )
    return dispatch(state, arms, at, { first, resumes, again })
  }

  return(at: number): Stmt {
    const { kind, text } = this.#tokens.peek()
    const values: Expr[] = []
    if (kind === 'break' || kind === 'end' || text === '}') return giveBack(values, at)
    do values.push(this.#expression())
    while (this.#tokens.skip(','))
    return giveBack(values, at)
  }

  trap(at: number): Stmt {
    return trap(this.#tokens.word(/^(?:unreachable|trap_\w+)$/, 'what traps')[0] as TrapFunction, at)
  }

  throw(at: number): Stmt {
    return throwOn(this.#expression(), at)
  }

  tail(at: number): Stmt {
    return tailCall(this.#expression() as Call | CallIndirect, at)
  }

  #set(at: number): Stmt {
    const tokens = this.#tokens
    const regs: Reg[] = []
    const results: (number | undefined)[] = []
    do {
      regs.push(this.#regs.read(tokens))
      results.push(tokens.skip(':') ? tokens.integer() : undefined)
    } while (tokens.skip(','))
    tokens.expect('=')
    const value = this.#expression()
    if (regs.length === 1 && results[0] === undefined) return setReg(regs[0]!, value, at)
    const numbers = results.map((result, i) => result ?? i)
    return setResults(regs, value as CallSet['value'], at, numbers)
  }

  #setGlobal(at: number): Stmt {
    const [, global, part] = this.#tokens.word(/^g(\d+)\.(\d+)$/, 'a global')
    this.#tokens.expect('=')
    return setGlobal(Number(global), Number(part), this.#expression(), at)
  }

  #store(at: number): Stmt {
    const tokens = this.#tokens
    const op = tokens.take().text
    if (!isStore(op)) return tokens.fail('a store expected')
    tokens.expect('(')
    const { memory, addr, offset } = this.#expressions.place()
    tokens.expect(',')
    const value = this.#expression()
    tokens.expect(')')
    return store(op, memory, addr, offset, value, at)
  }

  #inParentheses(): Expr {
    this.#tokens.expect('(')
    const e = this.#expression()
    this.#tokens.expect(')')
    return e
  }

  #braces(): List {
    this.#tokens.expect('{')
    const stmts = this.list()
    this.#tokens.expect('}')
    return stmts
  }

  /** `{ 0,1: A | 2: B }`; a line break will do for `|`. */
  #entries<K, T>(key: () => K, make: (keys: readonly K[], body: List) => T): T[] {
    const tokens = this.#tokens
    const entries: T[] = []
    tokens.expect('{')
    tokens.skipBreaks()
    while (!tokens.skip('}')) {
      entries.push(make(tokens.list(':', key), this.list()))
      tokens.skipBreaks()
    }
    return entries
  }
}

/** Statements that begin with a word of their own. */
const STATEMENTS: Readonly<
  Record<
    string,
    | 'branch'
    | 'block'
    | 'loop'
    | 'if'
    | 'switch'
    | 'try'
    | 'dispatch'
    | 'return'
    | 'trap'
    | 'throw'
    | 'tail'
    | undefined
  >
> = {
  br: 'branch',
  block: 'block',
  loop: 'loop',
  if: 'if',
  switch: 'switch',
  try: 'try',
  dispatch: 'dispatch',
  return: 'return',
  trap: 'trap',
  throw: 'throw',
  tail: 'tail',
}
