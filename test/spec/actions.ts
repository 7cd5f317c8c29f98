// Performing actions and comparing what they give.

import type { Engine } from './engine.ts'
import type { Registry } from './registry.ts'
import type { Action, Value } from './script.ts'
import { Hosts, matches, type Passed, passed, show, slots, staticType } from './values.ts'
import { isValName, Wrappers } from './wrapper.ts'

type Call = (...args: Passed[]) => unknown

export class Actions {
  readonly #registry: Registry
  readonly #wrappers: Wrappers
  readonly #hosts = new Hosts()

  constructor(engine: Engine, registry: Registry, wrappers = new Wrappers(engine.api)) {
    this.#registry = registry
    this.#wrappers = wrappers
  }

  #exported({ module, field }: Action): unknown {
    const { exports } = this.#registry.instance(module)
    if (!Object.hasOwn(exports, field)) throw new Error(`no export ${JSON.stringify(field)}`)
    return exports[field]
  }

  /** Performs an action whose result does not matter, and is not known. */
  perform(action: Action): void {
    const target = this.#exported(action) as Call
    if (action.type === 'get') return
    const params = action.args.map(staticType)
    const args = action.args.flatMap((arg) => passed(arg, this.#hosts))
    const wrapped = (): unknown => this.#wrappers.guess(target, params.filter(isValName))(...args)
    if (params.some((type) => this.#wrappers.needs(type))) return void wrapped()
    if (this.#wrappers.mustGuess) return this.#guessed(target, params, args)
    try {
      target(...args)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      wrapped() // the API refuses a function with a v128 result before it calls it
    }
  }

  /** Directly only if no wrapper fits, as to a function of several results. */
  #guessed(target: Call, params: readonly string[], args: readonly Passed[]): void {
    let call = target
    try {
      call = this.#wrappers.guess(target, params.filter(isValName))
    } catch {}
    call(...args)
  }

  /** Performs an action whose results have the types of `expected`. */
  #results(action: Action, expected: readonly Value[]): Passed[] {
    const target = this.#exported(action) as object
    const results = expected.map(staticType)
    if (action.type === 'get') {
      const [type] = results
      const exact = !this.#wrappers.needs(type) || !isValName(type)
      return list(exact ? (target as WebAssembly.Global).value : this.#wrappers.global(target, type)())
    }
    const params = action.args.map(staticType)
    const args = action.args.flatMap((arg) => passed(arg, this.#hosts))
    if (/^(exnref|nullexnref|refnull)$/.test(results.join())) return this.#exceptionOrNull(target as Call, params, args)
    if (![...params, ...results].some((type) => this.#wrappers.needs(type))) return list((target as Call)(...args))
    return list(this.#wrappers.func(target, params.filter(isValName), results.filter(isValName))(...args))
  }

  /** The API refuses a function that gives an exception before it calls it. */
  #exceptionOrNull(target: Call, params: readonly string[], args: readonly Passed[]): Passed[] {
    try {
      return list(target(...args))
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      return [this.#wrappers.exception(target, params.filter(isValName))(...args)]
    }
  }

  /** @throws if the results are not as expected */
  check(action: Action, expected: readonly Value[]): void {
    const results = this.#results(action, expected)
    const count = expected.reduce((sum, value) => sum + slots(value), 0)
    let at = 0
    const same =
      results.length === count &&
      expected.every((value) => {
        at += slots(value)
        return matches(value, results.slice(at - slots(value), at), this.#hosts)
      })
    if (!same) throw new Error(`got (${results.map(show).join(' ')}), expected ${JSON.stringify(expected)}`)
  }
}

/** Results as the JS API gives them, as a list. */
function list(results: unknown): Passed[] {
  if (results === undefined) return []
  return Array.isArray(results) ? results : [results as Passed]
}
