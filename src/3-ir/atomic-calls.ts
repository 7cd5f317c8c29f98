// The functions of the runtime that atomic instructions on shared memories are: one for each thing they do, and each width.
// What they are to do is in runtime/atomics.ts.

/** What changes a value in memory, and gives the one before. */
export type AtomicUpdate = 'add' | 'sub' | 'and' | 'or' | 'xor' | 'xchg'

export type AtomicAction = AtomicUpdate | 'load' | 'store' | 'cmpxchg'

/** Bits. */
export type AtomicWidth = 8 | 16 | 32 | 64

export type AtomicCall = `atomic_${AtomicAction}${AtomicWidth}`

/** How many values each takes beside the address. */
const OPERANDS: Readonly<Record<AtomicAction, number>> = {
  load: 0,
  store: 1,
  add: 1,
  sub: 1,
  and: 1,
  or: 1,
  xor: 1,
  xchg: 1,
  cmpxchg: 2,
}

const WIDTHS: readonly AtomicWidth[] = [8, 16, 32, 64]

export interface AtomicCallFacts {
  /** How many words it takes beside the address and its offset. */
  readonly words: number
  /** How many it gives. */
  readonly results: 0 | 1 | 2
}

function factsOf(action: AtomicAction, width: AtomicWidth): AtomicCallFacts {
  const perValue = width === 64 ? 2 : 1
  return { words: OPERANDS[action] * perValue, results: action === 'store' ? 0 : perValue }
}

const ACTIONS = Object.keys(OPERANDS) as AtomicAction[]

export const ATOMIC_CALLS = Object.fromEntries(
  ACTIONS.flatMap((action) => WIDTHS.map((width) => [`atomic_${action}${width}`, factsOf(action, width)])),
) as Readonly<Record<AtomicCall, AtomicCallFacts>>
