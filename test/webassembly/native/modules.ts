// WebAssembly.Module and Instance, and the functions of the namespace.

import { wat } from '../../wat.ts'
import { type Api, attempt, type Case, converted, describeProperty, watched } from './describe.ts'
import { VALUES } from './values.ts'

const EMPTY = wat('(module)')
const RICH = wat(`(module
  (import "a" "f" (func $f (param i32)))
  (import "b" "g" (global $g i64))
  (import "a" "m" (memory 1))
  (import "c" "t" (table 1 funcref))
  (import "a" "e" (tag (param i32)))
  (func $z (export "z") (param i32 i64) (result f32) f32.const 1)
  (export "2" (memory 0)) (export "1" (table 0)) (export "" (global $g)) (export "a" (func $f)) (export "e" (tag 0))
  (export "z again" (func $z)) (export "__proto__" (func $z)))`)
const STARTS = wat('(module (func $s unreachable) (start $s))')
const CUSTOM = new Uint8Array([...EMPTY.slice(0, 8), 0, 4, 2, 97, 98, 7, 0, 3, 2, 97, 98])

const BAD: Readonly<Record<string, Uint8Array>> = {
  'no bytes': new Uint8Array(),
  'half a header': EMPTY.slice(0, 6),
  'a wrong version': Uint8Array.of(0, 0x61, 0x73, 0x6d, 9, 0, 0, 0),
  'a wrong section': Uint8Array.of(...EMPTY.slice(0, 8), 77, 0),
}

const imports = (api: Api) => ({
  a: {
    f: () => {},
    m: new api.Memory({ initial: 1 }),
    e: new api.Tag({ parameters: ['i32'] }),
  },
  b: { g: 5n },
  c: { t: new api.Table({ element: 'anyfunc', initial: 1 }) },
})

type Functions = Record<'validate' | 'compile' | 'instantiate', (...args: unknown[]) => unknown>
const functionsOf = (api: Api) => api as unknown as Functions
const make = (api: Api, ...args: unknown[]) =>
  new (api.Module as unknown as new (...args: unknown[]) => WebAssembly.Module)(...args)
const start = (api: Api, ...args: unknown[]) =>
  new (api.Instance as unknown as new (...args: unknown[]) => WebAssembly.Instance)(...args)

const instance = (api: Api) => start(api, make(api, RICH), imports(api))

/** Imports whose every look-up is noted. */
const watchedImports = (api: Api, log: string[]) =>
  watched(Object.fromEntries(Object.entries(imports(api)).map(([name, value]) => [name, watched(value, log)])), log)

export const modules: Record<string, Case> = {
  'imports and exports': (api) => [api.Module.imports(make(api, RICH)), api.Module.exports(make(api, RICH))],
  'properties of a descriptor': (api) => {
    const [first] = api.Module.imports(make(api, RICH))
    return Reflect.ownKeys(first!).map((key) => `${String(key)} ${describeProperty(first!, key, api)}`)
  },
  'descriptors are new each time': (api) => {
    const made = make(api, RICH)
    return [Object.is(api.Module.exports(made), api.Module.exports(made)), Object.isFrozen(api.Module.exports(made))]
  },
  'what is a module': (api) => {
    class Extended extends api.Module {}
    const made = make(api, EMPTY)
    const others: (() => unknown)[] = [
      () => made instanceof Extended,
      () => new Extended(EMPTY) instanceof Extended,
      () => Object.create(made) instanceof api.Module,
      () => start(api, Object.create(made)),
      () => start(api, new Proxy(made, {})),
      ...['bytes', 'nowasm'].map((name) => () => {
        const hostile = Object.defineProperty({}, name, { get: () => Promise.reject(new Error('read')) })
        return hostile instanceof api.Module
      }),
    ]
    return others.map((other) => attempt(other, api))
  },
  'own properties of a module': (api) => Reflect.ownKeys(make(api, EMPTY)).map(String),
  'custom sections': (api) => {
    const of = (...args: unknown[]) =>
      attempt(() => (api.Module.customSections as (...args: unknown[]) => unknown)(...args), api)
    const made = make(api, CUSTOM)
    return [of(made, 'ab'), of(made, 'x'), of(made), of(made, undefined), of(made, 5), of({}, 'ab'), of()]
  },
  'a name that notes its conversion': (api, log) =>
    api.Module.customSections(make(api, CUSTOM), converted('name', 'ab', log) as unknown as string),
  'the bytes are copied': (api) => {
    const bytes = Uint8Array.from(RICH)
    const made = make(api, bytes)
    bytes.fill(0)
    return api.Module.exports(made).length
  },
  'functions of Module want one': (api) =>
    (['imports', 'exports', 'customSections'] as const).map((name) =>
      [undefined, null, {}, EMPTY, api.Module.prototype, Object.create(api.Module.prototype)].map((value) =>
        attempt(() => api.Module[name](value as WebAssembly.Module, 'x'), api),
      ),
    ),
  'a module is no clone': (api) => attempt(() => String(structuredClone(make(api, EMPTY))), api),
  'exports of an instance': (api) => {
    const made = instance(api)
    const { exports } = made
    return [
      Reflect.ownKeys(exports).map((key) => `${String(key)} ${describeProperty(exports, key, api)}`),
      Object.getPrototypeOf(exports),
      [Object.isFrozen(exports), Object.isExtensible(exports), made.exports === exports],
      Object.prototype.toString.call(exports),
      attempt(() => Reflect.set(exports, 'new', 1), api),
      attempt(() => Reflect.deleteProperty(exports, 'a'), api),
    ]
  },
  'the same things are the same objects': (api) => {
    const given = imports(api)
    const { exports } = start(api, make(api, RICH), given) as unknown as { exports: Record<string, unknown> }
    const all = [
      exports['2'] === given.a.m,
      exports['1'] === given.c.t,
      exports['e'] === given.a.e,
      exports['a'] === given.a.f,
    ]
    const again = start(
      api,
      make(api, wat('(module (import "m" "f" (func (param i32 i64) (result f32))) (export "f" (func 0)))')),
      {
        m: { f: exports['z'] },
      },
    )
    return [...all, exports['z'] === exports['z again'], again.exports['f'] === exports['z']]
  },
  'an exported function': (api) => {
    const z = instance(api).exports['z'] as unknown as Record<string, unknown> & ((...args: unknown[]) => unknown)
    return [
      Reflect.ownKeys(z)
        .map((key) => `${String(key)} ${describeProperty(z, key, api)}`)
        .sort(),
      [z instanceof Function, Object.getPrototypeOf(z) === Function.prototype, String(z), 'prototype' in z],
      attempt(() => Reflect.construct(z as never, []), api),
      [
        attempt(() => z(), api),
        attempt(() => z(1, 2n), api),
        attempt(() => z(1, 2), api),
        attempt(() => z(1, 2n, 3), api),
      ],
      Object.isExtensible(z),
    ]
  },
  'own properties of an instance': (api) => Reflect.ownKeys(instance(api)).map(String),
  'an instance without imports': (api) => [
    attempt(() => start(api, make(api, EMPTY)), api),
    attempt(() => start(api, make(api, EMPTY), undefined), api),
    attempt(() => start(api, make(api, EMPTY), null), api),
    attempt(() => start(api, make(api, EMPTY), 5), api),
    attempt(() => start(api, make(api, EMPTY), () => {}), api),
    attempt(() => start(api, make(api, RICH)), api),
    attempt(() => start(api, make(api, RICH), {}), api),
    attempt(() => start(api, {}, {}), api),
    attempt(() => start(api), api),
  ],
  'the order in which imports are read': (api, log) => start(api, make(api, RICH), watchedImports(api, log)),
  'the order for instantiate, bytes': (api, log) => functionsOf(api).instantiate(RICH, watchedImports(api, log)),
  'the order for instantiate, a module': (api, log) => {
    const result = functionsOf(api).instantiate(make(api, RICH), watchedImports(api, log))
    log.push('called')
    return result
  },
  'a start function traps': (api) => [
    attempt(() => start(api, make(api, STARTS)), api),
    Promise.resolve(functionsOf(api).instantiate(STARTS)).catch(() => {}) instanceof Promise,
  ],
  'a start function traps, later': (api) => functionsOf(api).instantiate(STARTS),
  'instantiate, bytes': async (api) => {
    const result = (await functionsOf(api).instantiate(EMPTY)) as object
    return [result, ...Reflect.ownKeys(result).map((key) => describeProperty(result, key, api))]
  },
  'instantiate, a module': (api) => functionsOf(api).instantiate(make(api, EMPTY)),
  'compile gives': (api) => functionsOf(api).compile(EMPTY),
  'kinds of buffers': (api) => {
    const shared = new SharedArrayBuffer(8)
    new Uint8Array(shared).set(EMPTY.slice(0, 8))
    const resizable = new (ArrayBuffer as unknown as new (n: number, options: object) => ArrayBuffer)(8, {
      maxByteLength: 16,
    })
    new Uint8Array(resizable).set(EMPTY.slice(0, 8))
    const kinds = [
      EMPTY.buffer.slice(0, 8),
      new DataView(EMPTY.slice(0, 8).buffer),
      new Uint16Array(EMPTY.slice(0, 8).buffer),
      shared,
      new Uint8Array(shared),
      resizable,
    ]
    return kinds.map((kind) => [
      attempt(() => functionsOf(api).validate(kind), api),
      attempt(() => make(api, kind), api),
    ])
  },
  'a detached buffer': (api) => {
    const bytes = Uint8Array.from(EMPTY)
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
    return [attempt(() => functionsOf(api).validate(bytes), api), attempt(() => make(api, bytes), api)]
  },
  'the same, compiled later': (api) => {
    const bytes = Uint8Array.from(EMPTY)
    const result = functionsOf(api).compile(bytes)
    bytes.fill(0)
    return result
  },
}

for (const [name, bytes] of Object.entries(BAD)) {
  modules[`${name}: new Module`] = (api) => make(api, bytes)
  for (const method of ['validate', 'compile', 'instantiate'] as const) {
    modules[`${name}: ${method}`] = (api) => functionsOf(api)[method](bytes)
  }
}
for (const [name, value] of Object.entries(VALUES)) {
  modules[`${name}: new Module`] = (api) => make(api, value())
  modules[`${name}: import object`] = (api) => start(api, make(api, EMPTY), value())
  modules[`${name}: options`] = (api) => [
    attempt(() => make(api, EMPTY, value()), api),
    attempt(() => functionsOf(api).validate(EMPTY, value()), api),
  ]
  modules[`${name}: options of compile`] = (api) => functionsOf(api).compile(EMPTY, value())
  modules[`${name}: import object, later`] = (api) => functionsOf(api).instantiate(EMPTY, value())
  for (const method of ['validate', 'compile', 'instantiate'] as const) {
    modules[`${name}: ${method}`] = (api) => functionsOf(api)[method](value())
  }
}
