// What is known, on the way through a function, of what globals hold (balance.ts), and where ways come together.

/** What a global held when the function began, and a constant. */
export interface Value {
  readonly global: number
  readonly offset: number
  /** Whether it is so only if functions that were called have left the global as it was. */
  readonly trusts: boolean
  /** Whether it was read from the global itself. Locals that hold other addresses are not followed. */
  readonly isDirect: boolean
}

/** What a global holds; no offset: anything. */
export interface Held {
  readonly global: number
  readonly offset: number | undefined
  readonly trusts: boolean
}

/** What is known where control is. */
export interface State {
  /** Globals that were set, in no order. */
  readonly held: readonly Held[]
  /** Locals that hold such a value, by index. */
  readonly locals: ReadonlyMap<number, Value>
  /** Whether functions were called. */
  readonly called: boolean
}

export const ENTRY: State = { held: [], locals: new Map(), called: false }

export const moved = (value: Value, by: number): Value => ({ ...value, offset: (value.offset + by) | 0 })

export const heldIn = ({ held, called }: State, global: number): Held =>
  held.find((each) => each.global === global) ?? { global, offset: 0, trusts: called }

/** What is known where functions were called, or may have been. */
export function afterCalls(state: State): State {
  if (state.called && state.held.every(({ trusts }) => trusts)) return state
  return { held: state.held.map((each) => ({ ...each, trusts: true })), locals: state.locals, called: true }
}

const isSame = (x: Value, y: Value | undefined): boolean => x.global === y?.global && x.offset === y.offset

/** Whether two states say the same: most that meet do. */
function isEqual(x: State, y: State): boolean {
  if (x.called !== y.called || x.held.length !== y.held.length) return false
  for (let i = 0; i < x.held.length; i++) {
    const [one, other] = [x.held[i]!, y.held[i]!]
    if (one.global !== other.global || one.offset !== other.offset || one.trusts !== other.trusts) return false
  }
  return x.locals === y.locals || (x.locals.size === 0 && y.locals.size === 0)
}

/** What is known where two ways come together. */
export function meet(x: State | undefined, y: State | undefined): State | undefined {
  if (x === y || y === undefined) return x
  if (x === undefined || isEqual(x, y)) return y
  const globals = new Set([...x.held, ...y.held].map(({ global }) => global))
  const held = [...globals].map((global) => {
    const [one, other] = [heldIn(x, global), heldIn(y, global)]
    return {
      global,
      offset: one.offset === other.offset ? one.offset : undefined,
      trusts: one.trusts || other.trusts,
    }
  })
  const locals = new Map<number, Value>()
  for (const [index, value] of x.locals) {
    const other = y.locals.get(index)
    if (isSame(value, other)) locals.set(index, value.trusts ? value : other!)
  }
  return { held, locals, called: x.called || y.called }
}

/** Whether what is taken to be so is so in a state. */
export function includes(assumed: State, state: State): boolean {
  if (assumed === state) return true
  for (const { global } of [...assumed.held, ...state.held]) {
    const { offset } = heldIn(assumed, global)
    if (offset !== undefined && offset !== heldIn(state, global).offset) return false
  }
  for (const [index, value] of assumed.locals) {
    const other = state.locals.get(index)
    if (!isSame(value, other) || (other!.trusts && !value.trusts)) return false
  }
  return true
}
