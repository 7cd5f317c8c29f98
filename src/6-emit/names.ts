// Identifiers of the output. Module-level ones are a letter and an index; local ones are letters only, so the two never
// meet. Readable names are kept apart by their first letters: `$name` is a function, `$$name` the body of one with tail
// calls, `_name` a local.

import type { Module } from '../0-wasm/module.ts'
import type { Version } from '../3-ir/versions.ts'

/** Words that no local variable may be: reserved in some ECMAScript version, or used by the output itself. */
const TAKEN = new Set(
  (
    'do if in of as is for let new try var NaN ri rf rr wb wi wl sx ux abs arguments async await break case catch class const continue ' +
    'debugger default delete else enum eval export extends false finally function get import instanceof null return set ' +
    'static super switch this throw true typeof undefined void while with yield imul data'
  ).split(' '),
)

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCEFGHIJKLMNOPQRSTUVWXYZ'

/** The `index`th short name: a, b, ..., Z, aa, ab, ... */
function short(index: number): string {
  const name = LETTERS[index % LETTERS.length]!
  return index < LETTERS.length ? name : short(Math.floor(index / LETTERS.length) - 1) + name
}

/** What a name of the module leaves in an identifier. */
export const sanitize = (name: string): string => name.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 80)

export class Names {
  readonly #funcs: ReadonlyMap<number, string>
  readonly #locals: Module['names']['locals']
  readonly #local: string[] = []

  constructor(module: Module, readable: boolean) {
    this.#funcs = readable ? uniqueNames(module.names.funcs) : new Map()
    this.#locals = readable ? module.names.locals : new Map()
  }

  func(index: number): string {
    return this.#funcs.get(index) ?? `f${index}`
  }

  /** What a function is compiled to, where it is when it is first called (lazy.ts). */
  compiled = (index: number): string => `c${index}`

  /** A version of a function. */
  version(index: number, { kind, number }: Version): string {
    switch (kind) {
      case 'main':
        return this.func(index)
      case 'part':
        return `f${index}_${number}`
      case 'bigint':
        return `w${index}`
      case 'tail':
        return `$$${this.func(index)}`
      default:
        return kind satisfies never
    }
  }

  memory = (index: number): string => `m${index}`
  table = (index: number): string => `t${index}`
  /** The table's elements and the ids of their types. */
  tableElems = (index: number): string => `t${index}_elems`
  tableIds = (index: number): string => `t${index}_ids`
  /** The shared object of a global. */
  globalObject = (index: number): string => `G${index}`
  /** The variable of a register of a global that is not shared. */
  global = (index: number, part: number): string => `g${index}${part === 0 ? '' : `_${part}`}`
  tag = (index: number): string => `X${index}`
  type = (index: number): string => `T${index}`
  typeId = (index: number): string => `I${index}`
  group = (index: number): string => `K${index}`
  heapType = (index: number): string => `Y${index}`
  heapClass = (index: number): string => `S${index}`
  reference = (number: number): string => `R${number}`
  elem = (index: number): string => `e${index}`
  /** What an active element segment lists. */
  items = (index: number): string => `r${index}`
  data = (index: number): string => `d${index}`

  /** The name of variable number `index` of a function. */
  variable(index: number): string {
    while (this.#local.length <= index) this.#local.push(this.#nextShort())
    return this.#local[index]!
  }

  #next = 0

  #nextShort(): string {
    let name: string
    do name = short(this.#next++)
    while (TAKEN.has(name))
    return name
  }

  /** The readable name of a Wasm local, undefined if the module gives none. */
  local(func: number, index: number): string | undefined {
    const name = this.#locals.get(func)?.get(index)
    return name === undefined ? undefined : `_${sanitize(name)}_${index}`
  }
}

function uniqueNames(names: ReadonlyMap<number, string>): Map<number, string> {
  const used = new Set<string>()
  const unique = new Map<number, string>()
  for (const [index, name] of names) {
    const plain = `$${sanitize(name)}`
    let identifier = plain
    while (used.has(identifier)) identifier = `${identifier}_${index}`
    used.add(identifier)
    unique.set(index, identifier)
  }
  return unique
}
