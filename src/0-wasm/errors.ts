// The one error a bad module gives.

export type ErrorKind = 'malformed' | 'invalid' | 'unsupported'

export interface Place {
  /** Byte offset in the module. */
  readonly offset: number
  /** Index of the function the error is in. */
  readonly func?: number
  readonly funcName?: string
}

/** A module that is refused. Its message reads `invalid: type mismatch (func 12 "add", at 0x1f3)`. */
export class CompileError extends Error {
  override readonly name = 'CompileError'
  readonly kind: ErrorKind
  readonly place: Place | undefined

  constructor(kind: ErrorKind, what: string, place?: Place) {
    super(`${kind}: ${what}${place ? ` (${describe(place)})` : ''}`)
    this.kind = kind
    this.place = place
  }
}

function describe({ offset, func, funcName }: Place): string {
  const at = `at 0x${offset.toString(16)}`
  if (func === undefined) return at
  const name = funcName === undefined ? '' : ` ${JSON.stringify(funcName)}`
  return `func ${func}${name}, ${at}`
}
