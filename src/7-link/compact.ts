// JavaScript without white space that means nothing. For text that ends every statement in a semicolon or a brace, as
// the runtime's compiled files do: where lines end is forgotten.

import { parse, type Token } from 'acorn'

/** @param text a script of ES2015, without comments */
export function compact(text: string): string {
  const tokens: Token[] = []
  parse(text, { ecmaVersion: 2015, sourceType: 'script', onToken: tokens })
  let result = ''
  let end = 0
  for (const token of tokens) {
    const word = text.slice(token.start, token.end)
    if (token.start > end && joins(result, word)) result += ' '
    result += word
    end = token.end
  }
  return result
}

/** Whether two tokens side by side would be read as others. */
const joins = (before: string, after: string): boolean =>
  /[\w$]$/.test(before) ? /^[\w$]/.test(after) : /[+/-]$/.test(before) && before.endsWith(after.charAt(0))
