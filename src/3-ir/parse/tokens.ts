// The tokens of the text of the IR.

export interface Token {
  /** `end` stands for the end of the text; a line break, `;` and `|` end a statement. */
  readonly kind: 'word' | 'number' | 'mark' | 'break' | 'end'
  readonly text: string
  /** Offset in the text. */
  readonly at: number
}

/** Thrown for text that is no IR. */
export class IrSyntaxError extends Error {
  override readonly name = 'IrSyntaxError'
}

/** Groups: spaces and comments, which are left out; numbers; words, which may end in a type (`f1:f64`); marks; breaks. */
const TOKEN =
  /([ \t\r]+|\/\/[^\n]*)|(nan:0x[0-9a-f]+|-?(?:Infinity|\d+(?:\.\d+)?(?:e[+-]?\d+)?)[nf]?)|([A-Za-z_][\w.]*(?:-[a-z]+)*(?::(?:i32|i64cell|i64|f32|f64|v128|ref)\b)?)|(->|[(){}[\],:?=+@/])|([\n;|])/y

const KINDS = [undefined, undefined, 'number', 'word', 'mark', 'break'] as const

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(text)
    if (found === null) throw new IrSyntaxError(`no token: ${JSON.stringify(text.slice(at, at + 20))}`)
    const kind = KINDS.find((_, group) => group > 0 && found[group] !== undefined)
    if (kind !== undefined) tokens.push({ kind, text: found[0], at })
    at += found[0].length
  }
  tokens.push({ kind: 'end', text: '', at })
  return tokens
}

/** The tokens of a text, one after the other. */
export class Tokens {
  readonly #text: string
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(text: string) {
    this.#text = text
    this.#tokens = tokenize(text)
  }

  /** The token `ahead` of the next one. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)]!
  }

  take(): Token {
    const token = this.peek()
    this.#next++
    return token
  }

  is(text: string): boolean {
    return this.peek().text === text
  }

  /** Takes the next token if it is this one. */
  skip(text: string): boolean {
    if (!this.is(text)) return false
    this.#next++
    return true
  }

  expect(text: string): void {
    if (!this.skip(text)) this.fail(`${text} expected`)
  }

  /** Takes a word that has this form. */
  word(form: RegExp, what: string): RegExpExecArray {
    const found = form.exec(this.peek().text)
    if (found === null) this.fail(`${what} expected`)
    this.#next++
    return found
  }

  integer(what = 'a number'): number {
    return Number(this.word(/^-?\d+$/, what)[0])
  }

  /** Takes all ends of statements that come next. */
  skipBreaks(): void {
    while (this.peek().kind === 'break') this.#next++
  }

  /** Items with commas between them, up to a mark, which is taken. */
  list<T>(end: string, item: () => T): T[] {
    const items: T[] = []
    if (this.skip(end)) return items
    do items.push(item())
    while (this.skip(','))
    this.expect(end)
    return items
  }

  fail(message: string): never {
    const { at, text } = this.peek()
    const line = this.#text.slice(0, at).split('\n').length
    throw new IrSyntaxError(`line ${line}: ${message}, not ${JSON.stringify(text)}`)
  }
}
