// WebAssembly.Table and WebAssembly.Global: descriptors, and conversions between JavaScript values and those of each type.

import { type Api, attempt, type Case, converted, watched } from './describe.ts'
import { forValues } from './values.ts'

const ELEMENTS = ['anyfunc', 'funcref', 'externref', 'anyref', 'eqref', 'i31ref', 'structref', 'arrayref', 'exnref']
const NULLS = ['nullref', 'nullfuncref', 'nullexternref', 'nullexnref', 'noexternref', 'none']
const NUMBERS = ['i32', 'i64', 'f32', 'f64', 'v128']

const table = (api: Api, descriptor: unknown, ...init: unknown[]) =>
  new (api.Table as unknown as new (...args: unknown[]) => Seen)(descriptor, ...init)
const global = (api: Api, descriptor: unknown, ...init: unknown[]) =>
  new (api.Global as unknown as new (...args: unknown[]) => { value: unknown; valueOf(): unknown })(descriptor, ...init)

/** A table whose functions take anything. */
interface Seen {
  readonly length: unknown
  get(...args: unknown[]): unknown
  set(...args: unknown[]): unknown
  grow(...args: unknown[]): unknown
}

export const tables: Record<string, Case> = {
  'no argument': (api) => new (api.Table as unknown as new () => object)(),
  'the order in which a descriptor is read': (api, log) =>
    table(api, watched({ element: 'externref', initial: 1, maximum: 2, address: 'i32', minimum: 1 }, log)),
  'the order in which members are converted': (api, log) =>
    table(
      api,
      watched(
        {
          element: converted('element', 'externref', log),
          initial: converted('initial', 1, log),
          maximum: converted('maximum', 2, log),
          address: converted('address', 'i32', log),
        },
        log,
      ),
      converted('init', 1, log),
    ),
  'a maximum below': (api) => table(api, { element: 'anyfunc', initial: 2, maximum: 1 }),
  'a large initial': (api) => table(api, { element: 'anyfunc', initial: 2 ** 32 - 1 }),
  'a large maximum': (api) => table(api, { element: 'anyfunc', initial: 0, maximum: 2 ** 32 - 1 }).length,
  'a bad init comes after a bad maximum': (api) => table(api, { element: 'anyfunc', initial: 2, maximum: 1 }, 5),
  'address i64': (api) => {
    const made = table(api, { element: 'externref', initial: 2n, maximum: 5n, address: 'i64' }, 'x')
    const results = [
      made.length,
      made.get(1n),
      made.set(0n, 'y'),
      made.get(0n),
      made.grow(2n, 'z'),
      made.get(3n),
      made.length,
    ]
    const failing = [
      () => made.get(1),
      () => made.get(9n),
      () => made.set(-1n, 1),
      () => made.grow(9n),
      () => made.grow(1),
    ]
    return [...results, ...failing.map((each) => attempt(each, api))]
  },
  'get, set and grow without arguments': (api) => {
    const made = table(api, { element: 'externref', initial: 1 }, 'x')
    return ['get', 'set', 'grow'].map((name) => attempt(() => made[name as 'get'](), api))
  },
  'set without a value': (api) => {
    const of = (element: string) => table(api, { element, initial: 1 })
    return ['externref', 'anyfunc'].map((element) => {
      const made = of(element)
      return [attempt(() => made.set(0), api), made.get(0), attempt(() => made.set(0, undefined), api), made.get(0)]
    })
  },
  'grow with a value': (api) => {
    const made = table(api, { element: 'externref', initial: 1, maximum: 9 }, 'x')
    return [
      made.grow(1),
      made.get(1),
      made.grow(1, undefined),
      made.get(2),
      made.grow(1, 4),
      made.get(3),
      made.grow(0, 1),
    ]
  },
  'order of get': (api, log) => table(api, { element: 'externref', initial: 1 }).get(converted('index', 0, log)),
  'order of set': (api, log) =>
    attempt(() => table(api, { element: 'anyfunc', initial: 1 }).set(converted('index', 9, log), 5), api),
  'order of grow': (api, log) =>
    attempt(() => table(api, { element: 'anyfunc', initial: 1, maximum: 1 }).grow(converted('delta', 9, log), 5), api),
}

for (const element of [...ELEMENTS, ...NULLS, ...NUMBERS, 'anyfunc ', '', 'funcRef']) {
  tables[`element ${element}`] = (api) => {
    const made = table(api, { element, initial: 1 })
    return [
      made.length,
      attempt(() => made.get(0), api),
      attempt(() => made.set(0, null), api),
      attempt(() => made.grow(1), api),
    ]
  }
  for (const [name, run] of Object.entries(
    forValues(
      (value): Case =>
        (api) => {
          const init = attempt(() => table(api, { element, initial: 1 }, value).get(0) === value, api)
          const set = attempt(() => {
            const made = table(api, { element, initial: 1 })
            made.set(0, value)
            return made.get(0)
          }, api)
          return [init, set, attempt(() => table(api, { element, initial: 1 }).grow(1, value), api)]
        },
    ),
  )) {
    if (ELEMENTS.includes(element)) tables[`${element} takes ${name}`] = run
  }
}
for (const member of ['initial', 'maximum', 'element', 'address']) {
  for (const [name, run] of Object.entries(
    forValues(
      (value): Case =>
        (api) =>
          table(api, { element: 'externref', initial: 1, [member]: value }).length,
    ),
  )) {
    if (!(member === 'initial' && name.startsWith('2^3'))) tables[`${member} ${name}`] = run
  }
}
for (const [name, run] of Object.entries(
  forValues(
    (value): Case =>
      (api) => {
        const made = table(api, { element: 'externref', initial: 3, maximum: 9 }, 'x')
        const to = (action: () => unknown) => attempt(action, api)
        return [to(() => made.get(value)), to(() => made.set(value, 1)), to(() => made.grow(value)), made.length]
      },
  ),
)) {
  tables[`index ${name}`] = run
}

export const globals: Record<string, Case> = {
  'no argument': (api) => new (api.Global as unknown as new () => object)(),
  'the order in which a descriptor is read': (api, log) =>
    global(api, watched({ value: 'i32', mutable: true, type: 1 }, log)),
  'the order in which members are converted': (api, log) =>
    global(
      api,
      watched({ value: converted('value', 'i32', log), mutable: converted('mutable', 1, log) }, log),
      converted('init', 3, log),
    ).value,
  'an immutable one cannot be set': (api) => {
    const made = global(api, { value: 'i32' }, 3)
    return [attempt(() => Reflect.set(made, 'value', 4), api), attempt(() => (made.value = 4), api), made.value]
  },
  'no value': (api) => attempt(() => (global(api, { value: 'i32', mutable: true }).value = undefined), api),
  text: (api) => [String(global(api, { value: 'i32' }, 3)), JSON.stringify(global(api, { value: 'i32' }, 3))],
  arithmetic: (api) => (global(api, { value: 'i32' }, 3) as unknown as number) + 1,
}

for (const value of [...NUMBERS, ...ELEMENTS, ...NULLS, 'I32', '']) {
  globals[`${value} alone`] = (api) => attempt(() => global(api, { value }).value, api)
  for (const [name, run] of Object.entries(
    forValues(
      (given): Case =>
        (api) => {
          const init = attempt(() => global(api, { value }, given).value, api)
          const same = attempt(() => global(api, { value }, given).value === given, api)
          const set = attempt(() => {
            const made = global(api, { value, mutable: true })
            made.value = given
            return made.valueOf()
          }, api)
          return [init, same, set]
        },
    ),
  )) {
    globals[`${value} takes ${name}`] = run
  }
}
for (const member of ['value', 'mutable']) {
  for (const [name, run] of Object.entries(
    forValues(
      (value): Case =>
        (api) => {
          const made = global(api, { value: 'i32', [member]: value }, 1)
          return [made.value, attempt(() => (made.value = 5), api)]
        },
    ),
  )) {
    globals[`${member} ${name}`] = run
  }
}
