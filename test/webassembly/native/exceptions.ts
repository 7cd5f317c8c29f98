// WebAssembly.Tag, Exception and JSTag.

import { wat } from '../../wat.ts'
import { type Api, attempt, type Case, converted, watched } from './describe.ts'
import { forValues } from './values.ts'

interface Thrown {
  readonly stack?: unknown
  is(...args: unknown[]): unknown
  getArg(...args: unknown[]): unknown
}

const tag = (api: Api, parameters: unknown) => new api.Tag({ parameters })
const exception = (api: Api, ...args: unknown[]) =>
  new (api.Exception as unknown as new (...args: unknown[]) => Thrown)(...args)

/** Throws and catches with a tag of two numbers, and with JavaScript's. */
const THROWER = wat(`(module
  (import "m" "tag" (tag $t (param i32 i64)))
  (import "m" "js" (tag $js (param externref)))
  (import "m" "f" (func $f))
  (tag $own (export "own") (param f64))
  (export "tag" (tag $t))
  (func (export "throw") (param i32 i64) (throw $t (local.get 0) (local.get 1)))
  (func (export "throwOwn") (throw $own (f64.const 1.5)))
  (func (export "throwJs") (param externref) (throw $js (local.get 0)))
  (func (export "catch") (result i32 i64)
    (try (result i32 i64) (do (call $f) (i32.const 0) (i64.const 0)) (catch $t)))
  (func (export "catchJs") (result externref)
    (try (result externref) (do (call $f) (ref.null extern)) (catch $js)))
  (func (export "rethrow") (try (do (call $f)) (catch_all (rethrow 0)))))`)

/** Catches all, and ends in other ways than by exceptions. */
const TRAPPER = wat(`(module
  (import "m" "f" (func $f (param i32) (result i32)))
  (memory 1)
  (func $deeper (export "deeper") (result i32) (i32.add (i32.const 1) (call $deeper)))
  (func (export "unreachable") (result i32) unreachable)
  (func (export "load") (result i32) (i32.load (i32.const 65536)))
  (func (export "divide") (result i32) (i32.div_s (i32.const 1) (i32.const 0)))
  (func (export "catch") (param i32) (result i32)
    (try (result i32) (do (call $f (local.get 0))) (catch_all (i32.const 99)))))`)

type Exports = Record<string, (...args: unknown[]) => unknown> & { own: object; tag: object }

function thrower(api: Api, f: () => unknown = () => {}) {
  const t = tag(api, ['i32', 'i64'])
  const { exports } = new api.Instance(new api.Module(THROWER), { m: { tag: t, js: api.JSTag, f } } as never)
  return { t, exports: exports as unknown as Exports }
}

function thrownBy(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return 'nothing'
}

export const exceptions: Record<string, Case> = {
  'Tag: the order in which a descriptor is read': (api, log) =>
    new api.Tag(watched({ parameters: watched(['i32'], log), results: [] } as never, log)),
  'Tag: no parameters': (api) => new api.Tag({}),
  'Tag: any iterable': (api) => [
    attempt(() => tag(api, new Set(['i32', 'f64'])), api),
    attempt(() => tag(api, 'i32'), api),
    attempt(() => tag(api, { length: 1, 0: 'i32' }), api),
    attempt(() => tag(api, [converted('type', 'i32', [])]), api),
  ],
  'Exception: the order of arguments': (api, log) =>
    exception(
      api,
      tag(api, ['i32', 'i64']),
      [converted('a', 1, log), converted('b', 2n, log)],
      watched({ traceStack: false }, log),
    ),
  'Exception: too few and too many': (api) =>
    [[], [1], [1, 2n, 3]].map((payload) => attempt(() => exception(api, tag(api, ['i32', 'i64']), payload), api)),
  'Exception: payloads': (api) =>
    [new Set([5]), 'x', { length: 1, 0: 1 }, null, undefined, 5, new Map([[1, 2]])].map((payload) =>
      attempt(() => exception(api, tag(api, ['externref']), payload), api),
    ),
  'Exception: JSTag': (api) => attempt(() => exception(api, api.JSTag, [1]), api),
  'Exception: something else than a tag': (api) =>
    [undefined, null, {}, api.Tag, 5].map((other) => attempt(() => exception(api, other, []), api)),
  'Exception: options': (api) =>
    [undefined, null, {}, { traceStack: true }, { traceStack: 1 }, 5, 'x', () => {}].map((options) =>
      attempt(() => typeof exception(api, tag(api, []), [], options).stack, api),
    ),
  'traps and stack overflows that have come through JavaScript': (api) => {
    const kept = { error: undefined as unknown }
    const overflow = (): number => overflow() + 1
    const ends: (() => unknown)[] = [
      ...['deeper', 'unreachable', 'load', 'divide'].map((name) => () => exports[name]!()),
      overflow,
      () => {
        throw kept.error
      },
      () => {
        throw new Error('another', { cause: kept.error })
      },
      () => {
        throw new api.RuntimeError('unreachable')
      },
      () => {
        throw new RangeError('too large')
      },
    ]
    const { exports } = new api.Instance(new api.Module(TRAPPER), {
      m: { f: (at: number) => ends[at]!() },
    } as never) as {
      exports: Exports
    }
    kept.error = thrownBy(() => exports['load']!())
    return ends.map((_, at) => attempt(() => exports['catch']!(at), api))
  },
  'Exception: what it is': (api) => {
    const made = exception(api, tag(api, ['i32']), [1])
    return [
      made instanceof Error,
      String(made),
      Object.prototype.toString.call(made),
      JSON.stringify(made),
      Object.keys(made),
      Object.isExtensible(made),
      'message' in made,
      made.stack,
      'stack' in made,
    ]
  },
  'Exception: own properties': (api) => Reflect.ownKeys(exception(api, tag(api, ['i32']), [1])).map(String),
  'Exception: a property of its own': (api) => {
    const made = exception(api, tag(api, []), []) as unknown as Record<string, unknown>
    made['extra'] = 1
    return [made['extra'], Object.keys(made)]
  },
  'Exception: structuredClone': (api) => attempt(() => structuredClone(exception(api, tag(api, []), [])), api),
  'is and getArg': (api) => {
    const [mine, other] = [tag(api, ['i32', 'f64', 'externref']), tag(api, ['i32'])]
    const made = exception(api, mine, [1.9, '2.5', 'text'])
    const calls: (() => unknown)[] = [
      () => made.is(mine),
      () => made.is(other),
      () => made.is(undefined),
      () => made.is(),
      () => made.is({}),
      () => made.is(api.JSTag),
      ...[0, 1, 2, 3, -1, 1.9, '1', NaN, undefined, null, 2n, 2 ** 32].map((index) => () => made.getArg(mine, index)),
      () => made.getArg(other, 0),
      () => made.getArg(mine),
      () => made.getArg(),
      () => made.getArg({}, 0),
    ]
    return calls.map((call) => attempt(call, api))
  },
  'order of getArg': (api, log) =>
    attempt(() => exception(api, tag(api, []), []).getArg(tag(api, []), converted('index', 0, log)), api),
  'thrown by a module': (api) => {
    const { t, exports } = thrower(api)
    const error = thrownBy(() => exports['throw']!(7, 8n)) as Thrown
    const own = thrownBy(() => exports['throwOwn']!()) as Thrown
    return [
      error instanceof api.Exception,
      error.is(t),
      error.getArg(t, 0),
      error.getArg(t, 1),
      error.stack,
      exports.tag === t,
      own.is(exports.own),
      own.is(t),
      own.getArg(exports.own, 0),
      Reflect.ownKeys(own).map(String),
    ]
  },
  'caught by a module': (api) => {
    const { t, exports } = thrower(api, () => {
      throw made
    })
    const made = exception(api, t, [3, 4n])
    return [exports['catch']!(), thrownBy(() => exports['rethrow']!()) === made]
  },
  'another tag of the same type is not caught': (api) => {
    const made = exception(api, tag(api, ['i32', 'i64']), [3, 4n])
    const { exports } = thrower(api, () => {
      throw made
    })
    return [thrownBy(() => exports['catch']!()) === made, thrownBy(() => exports['rethrow']!()) === made]
  },
}

for (const [name, run] of Object.entries(
  forValues(
    (value): Case =>
      (api) => {
        const { exports } = thrower(api, () => {
          throw value
        })
        const thrown = thrownBy(() => exports['throwJs']!(value))
        return [
          Object.is(exports['catchJs']!(), value),
          Object.is(
            thrownBy(() => exports['rethrow']!()),
            value,
          ),
          Object.is(
            thrownBy(() => exports['catch']!()),
            value,
          ),
          Object.is(thrown, value),
        ]
      },
  ),
)) {
  exceptions[`JSTag carries ${name}`] = run
}
for (const [name, run] of Object.entries(
  forValues(
    (value): Case =>
      (api) =>
        new api.Tag(value),
  ),
)) {
  exceptions[`Tag: descriptor ${name}`] = run
}
for (const [name, run] of Object.entries(
  forValues(
    (value): Case =>
      (api) =>
        tag(api, value),
  ),
)) {
  exceptions[`Tag: parameters ${name}`] = run
}
const PARAMETERS = [
  'i32',
  'i64',
  'f32',
  'f64',
  'v128',
  'externref',
  'anyfunc',
  'anyref',
  'i31ref',
  'eqref',
  'exnref',
  'nullref',
  'funcref',
  'void',
]
for (const type of PARAMETERS) {
  exceptions[`Tag: of ${type}`] = (api) => tag(api, [type])
  for (const [name, run] of Object.entries(
    forValues(
      (value): Case =>
        (api) => {
          const of = tag(api, [type])
          const made = exception(api, of, [value])
          return attempt(() => made.getArg(of, 0), api)
        },
    ),
  )) {
    exceptions[`Exception: ${type} takes ${name}`] = run
  }
}
