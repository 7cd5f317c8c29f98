// What becomes of branches, as text: JavaScript's control statements on one line, everything else as the IR is written.

import type { Stmt } from '../../src/3-ir/ir.ts'
import { stmtsText } from '../../src/3-ir/text.ts'
import type { Holder, Item, Jump, Sequence, Target } from '../../src/6-emit/control.ts'
import { type Printing, planJumps } from '../../src/6-emit/jumps.ts'

const PLAIN: Printing = { isMoot: () => false, isPinned: () => false }

/** The body of a function with its jumps decided on. */
export const planned = (body: readonly Stmt[], printing = PLAIN): string => list(planJumps(body, printing))

/** With `!` at the end of a list that control does not come out of. */
function list({ items, comesOut }: Sequence): string {
  const texts = items.map(textOf).filter((text) => text !== '')
  return [...texts, ...(comesOut ? [] : ['!'])].join('; ')
}

const nameOf = ({ level }: Target): string => `L${level}`
const named = (target: Target, text: string): string => (target.isNamed ? `${nameOf(target)}: ${text}` : text)

function jump(item: Jump): string {
  if (item.kind === 'fall') return ''
  const state = item.kind === 'continue' && item.state !== undefined ? `state = ${item.state.value}; ` : ''
  return `${state}${item.kind}${item.isNamed ? ` ${nameOf(item.target)}` : ''}`
}

function textOf(item: Item): string {
  switch (item.kind) {
    case 'fall':
    case 'break':
    case 'continue':
      return jump(item)
    case 'block':
    case 'if':
    case 'loop':
    case 'switch':
    case 'try':
    case 'dispatch':
      return holder(item)
    case 'computed':
      return `state = ${item.first} + index or ${item.fallback}; ${jump(item.jump)}`
    default:
      return stmtsText([item])
  }
}

function holder(item: Holder): string {
  switch (item.kind) {
    case 'block':
      return named(item.target, `{ ${list(item.body)} }`)
    case 'if': {
      const otherwise = item.stmt.else.length === 0 ? '' : ` else { ${list(item.else)} }`
      return `if { ${list(item.then)} }${otherwise}`
    }
    case 'loop':
      return named(item.target, `${item.form} { ${list(item.body)} }`)
    case 'switch': {
      const cases = item.cases.map(({ body, breaks }) => `${list(body)}${breaks ? '; BREAK' : ''}`)
      return named(item.target, `switch { ${cases.join(' | ')} }`)
    }
    case 'try':
      return `try { ${list(item.body)} } catch { ${list(item.handler)} }`
    case 'dispatch':
      return named(item.target, `dispatch { ${item.arms.map(({ body }) => list(body)).join(' | ')} }`)
  }
}
