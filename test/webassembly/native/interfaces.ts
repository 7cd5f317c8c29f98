// The namespace object and its classes: which properties there are, in which order, with which attributes.

import { type Api, attempt, type Case, describeProperty } from './describe.ts'

const CLASSES = ['Module', 'Instance', 'Memory', 'Table', 'Global', 'Tag', 'Exception'] as const
const ERRORS = ['CompileError', 'LinkError', 'RuntimeError'] as const

/** What belongs to JavaScript's promises in stacks of Wasm, a proposal of its own. */
const OTHERS = ['promising', 'Suspending', 'SuspendError']

const keysOf = (object: object) => Reflect.ownKeys(object).filter((key) => !OTHERS.includes(String(key)))

/** Keys of classes and functions; old engines' functions have some of their own. */
const sorted = (object: object) => keysOf(object).map(String).sort()

const described = (object: object, api: Api) =>
  keysOf(object).map((key) => `${String(key)}: ${describeProperty(object, key, api)}`)

const cases: Record<string, Case> = {
  'keys of the namespace': (api) => sorted(api),
  'properties of the namespace': (api) => described(api, api).sort(),
  'prototype of the namespace': (api) => Object.getPrototypeOf(api) === Object.prototype,
  'JSTag is always the same': (api) => Object.is(api.JSTag, api.JSTag),
  'JSTag cannot be set': (api) => attempt(() => Reflect.set(api, 'JSTag', 1), api),
}

for (const name of [...CLASSES, ...ERRORS]) {
  const of = (api: Api) => api[name] as unknown as new (...args: unknown[]) => object
  cases[`${name}: keys`] = (api) => sorted(of(api))
  cases[`${name}: properties`] = (api) => described(of(api), api).sort()
  cases[`${name}: keys of the prototype`] = (api) => sorted(of(api).prototype)
  cases[`${name}: properties of the prototype`] = (api) => described(of(api).prototype, api).sort()
  cases[`${name}: called`] = (api) => attempt(() => (of(api) as unknown as () => unknown)(), api)
  cases[`${name}: without arguments`] = (api) => attempt(() => new (of(api))(), api)
  cases[`${name}: prototype's prototype`] = (api) => {
    const above = Object.getPrototypeOf(of(api).prototype)
    return [
      above === Object.prototype,
      above === Error.prototype,
      Object.getPrototypeOf(of(api)) === Function.prototype,
    ]
  }
  cases[`${name}: wrong receivers`] = (api) =>
    keysOf(of(api).prototype).flatMap((key) =>
      [{}, undefined, of(api).prototype, Object.create(of(api).prototype)].map((receiver) => {
        const { get, set, value } = Object.getOwnPropertyDescriptor(of(api).prototype, key)!
        const functions = [get, set, typeof value === 'function' && key !== 'constructor' ? value : undefined]
        const results = functions.map((each) => each && attempt(() => each.call(receiver, 1, 2), api))
        return `${String(key)} ${results.join(', ')}`
      }),
    )
}

const SUBCLASSES: Record<string, readonly unknown[]> = {
  Memory: [{ initial: 1 }],
  Table: [{ initial: 1, element: 'anyfunc' }],
  Global: [{ value: 'i32' }, 1],
  Tag: [{ parameters: [] }],
  RuntimeError: ['message', { cause: 1 }],
}
for (const [name, args] of Object.entries(SUBCLASSES)) {
  cases[`${name}: subclass`] = (api) => {
    const base = (api as unknown as Record<string, new (...args: unknown[]) => object>)[name]!
    class Sub extends base {}
    const made = new Sub(...args)
    return [made instanceof Sub, made instanceof base, String(made), Object.keys(made), Object.isFrozen(made)]
  }
  cases[`${name}: another target`] = (api) => {
    const base = (api as unknown as Record<string, new (...args: unknown[]) => object>)[name]!
    const made = Reflect.construct(base, args as unknown[], Array)
    return [made instanceof base, Array.isArray(made), Object.getPrototypeOf(made) === Array.prototype]
  }
}

export const interfaces = cases
