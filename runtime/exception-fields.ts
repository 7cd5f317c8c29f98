// What is hidden in an Exception object. No WeakMap holds it: an exception is thrown more often than one is looked at.

import type { TagInstance } from './tag.ts'

/** An Exception object, as compiled code sees it. The keys are symbols, where there are such: here they have names. */
export interface Exn {
  readonly exn_tag: TagInstance
  readonly exn_values: readonly unknown[]
}

/** The key of its tag. */
export const exn_tag = exn_key('tag') as 'exn_tag'

/** The key of what it carries: null, then the registers of its values. */
export const exn_values = exn_key('values') as 'exn_values'

/** The key of an Error that was made where it was, if that was asked for: engines write the text of its stack when it is read. */
export const exn_stack = exn_key('stack') as 'exn_stack'

function exn_key(name: string): unknown {
  return typeof Symbol === 'function' ? Symbol.for('nowasm.' + name) : '__nowasm_' + name
}
