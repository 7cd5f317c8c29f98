// What may be imported as what: values of all kinds for imports of all kinds.

import { END, ins } from '../../binary/code.ts'
import { ModuleBuilder } from '../../binary/module.ts'
import { wat } from '../../wat.ts'
import { type Api, attempt, type Case, converted } from './describe.ts'
import { VALUES } from './values.ts'

const link = (api: Api, bytes: Uint8Array<ArrayBuffer>, value: unknown) =>
  new api.Instance(new api.Module(bytes), { m: { x: value } } as never).exports

const EXTERNS: Readonly<Record<string, string>> = {
  'a function': '(import "m" "x" (func))',
  'a memory': '(import "m" "x" (memory 1 2))',
  'a table': '(import "m" "x" (table 1 2 funcref))',
  'a table of externref': '(import "m" "x" (table 1 externref))',
  'a global i32': '(import "m" "x" (global i32))',
  'a global i64': '(import "m" "x" (global i64))',
  'a global f32': '(import "m" "x" (global f32))',
  'a global f64': '(import "m" "x" (global f64))',
  'a global externref': '(import "m" "x" (global externref))',
  'a global funcref': '(import "m" "x" (global funcref))',
  'a mutable global': '(import "m" "x" (global (mut i32)))',
  'a tag': '(import "m" "x" (tag (param i32)))',
}

/** Objects of the API in many forms. */
const OBJECTS: Readonly<Record<string, (api: Api) => unknown>> = {
  ...Object.fromEntries(Object.entries(VALUES).map(([name, value]) => [name, () => value()])),
  'a memory of 1': (api) => new api.Memory({ initial: 1 }),
  'a memory of 1 to 2': (api) => new api.Memory({ initial: 1, maximum: 2 }),
  'a memory of 1 to 3': (api) => new api.Memory({ initial: 1, maximum: 3 }),
  'a memory of 0': (api) => new api.Memory({ initial: 0, maximum: 2 }),
  'a memory with long addresses': (api) => new api.Memory({ initial: 1n, maximum: 2n, address: 'i64' } as never),
  'a table of functions': (api) => new api.Table({ element: 'anyfunc', initial: 1, maximum: 2 }),
  'a large table': (api) => new api.Table({ element: 'anyfunc', initial: 1, maximum: 3 }),
  'a table of externs': (api) => new api.Table({ element: 'externref', initial: 1 }),
  'an i32': (api) => new api.Global({ value: 'i32' }, 3),
  'a variable': (api) => new api.Global({ value: 'i32', mutable: true }, 3),
  'an i64': (api) => new api.Global({ value: 'i64' }, 3n),
  'an externref': (api) => new api.Global({ value: 'externref' }, 'x'),
  'a tag of an i32': (api) => new api.Tag({ parameters: ['i32'] }),
  'a tag of an i64': (api) => new api.Tag({ parameters: ['i64'] }),
  JSTag: (api) => api.JSTag,
  'a class': () => class {},
  'an exported function': (api) => link(api, wat('(module (func (export "f")))'), 0)['f'],
  'one of another type': (api) => link(api, wat('(module (func (export "f") (param i32)))'), 0)['f'],
}

export const linking: Record<string, Case> = {
  'no module': (api) =>
    attempt(() => new api.Instance(new api.Module(wat('(module (import "m" "x" (func)))')), {}), api),
  'an import that is there twice, and another value each time': async (api) => {
    const twice = (types: readonly string[]): WebAssembly.Module =>
      new api.Module(
        wat(
          `(module ${types.map((type, i) => `(import "a" "b" (global $g${i} ${type})) (export "${i}" (global $g${i}))`).join('')})`,
        ),
      )
    const values = (all: readonly unknown[]): WebAssembly.Imports => {
      const rest = [...all]
      return {
        a: {
          get b() {
            return rest.shift()
          },
        },
      } as never
    }
    const exported = ({ exports }: WebAssembly.Instance): unknown[] =>
      Object.values(exports).map((made) => (made as WebAssembly.Global).value)
    return [
      exported(await api.instantiate(twice(['i32', 'i32']), values([1, 2]))),
      exported(await api.instantiate(twice(['i32', 'i64', 'i32']), values([5, 5n, 6]))),
      exported(new api.Instance(twice(['i32', 'i64']), values([5, 5n]))),
    ]
  },
  'a module that is a function': (api) =>
    new api.Instance(new api.Module(wat('(module (import "m" "x" (func)))')), {
      m: Object.assign(() => {}, { x() {} }),
    } as never),
  'a module that is a text': (api) =>
    attempt(
      () => new api.Instance(new api.Module(wat('(module (import "m" "length" (global i32)))')), { m: 'abc' } as never),
      api,
    ),
}
for (const [kind, text] of Object.entries(EXTERNS)) {
  for (const [name, value] of Object.entries(OBJECTS)) {
    linking[`${name} for ${kind}`] = (api) => attempt(() => link(api, wat(`(module ${text})`), value(api)), api)
  }
}

const REFERENCES = [
  'anyref',
  'eqref',
  'i31ref',
  'structref',
  'arrayref',
  'nullref',
  'nullexternref',
  'nullfuncref',
  'exnref',
  'v128',
] as const
for (const type of REFERENCES) {
  for (const [name, value] of Object.entries(VALUES)) {
    linking[`${name} for a global ${type}`] = (api) => {
      const builder = new ModuleBuilder()
      builder.export('g', 'global', builder.importGlobal('m', 'x', type, false))
      return attempt(() => (link(api, builder.build(), value())['g'] as unknown as WebAssembly.Global).value, api)
    }
  }
}

/** Parameters and results of each type: what goes in comes out again, and what an imported function gives. */
const TYPES = [
  'i32',
  'i64',
  'f32',
  'f64',
  'externref',
  'funcref',
  'anyref',
  'eqref',
  'i31ref',
  'structref',
  'nullref',
  'exnref',
  'v128',
] as const
for (const type of TYPES) {
  const builder = new ModuleBuilder()
  const given = builder.importFunc('m', 'x', { params: [], results: [type] })
  const same = builder.func({ params: [type], results: [type] }, [], ins('local.get', 0))
  const call = builder.func({ params: [], results: [type] }, [], ins('call', given))
  const dropped = builder.func({ params: [], results: [] }, [], [...ins('call', given), ...ins('drop')])
  builder.export('same', 'func', same)
  builder.export('call', 'func', call)
  builder.export('drop', 'func', dropped)
  const bytes = builder.build()
  for (const [name, value] of Object.entries(VALUES)) {
    linking[`${name} as ${type}`] = (api) => {
      const give = value()
      const exports = link(api, bytes, () => give) as unknown as Record<string, (...args: unknown[]) => unknown>
      return ['same', 'call', 'drop'].map((key) => attempt(() => exports[key]!(give), api))
    }
  }
  linking[`nothing as ${type}`] = (api) =>
    attempt(() => (link(api, bytes, () => {}) as unknown as { same(): unknown }).same(), api)
}

const SEVERAL = wat(`(module (import "m" "x" (func $f (result i32 i64 f64)))
  (func (export "call") (result i32 i64 f64) (call $f))
  (func (export "order") (param i32 i64 f32)))`)
const several = (api: Api, value: unknown) =>
  link(api, SEVERAL, () => value) as unknown as Record<string, (...args: unknown[]) => unknown>

linking['several results: an array'] = (api) => {
  const result = several(api, [1, 2n, 3])['call']!()
  return [result, Array.isArray(result), Object.isFrozen(result)]
}
const RESULTS: Readonly<Record<string, (log: string[]) => unknown>> = {
  'a set': () => new Set([1, 2n, 3]),
  'a generator': (log) =>
    (function* () {
      log.push('first')
      yield converted('a', 1, log)
      log.push('second')
      yield converted('b', 2n, log)
      log.push('third')
      yield converted('c', 3, log)
      log.push('end')
    })(),
  'too few': () => [1, 2n],
  'too many': () => [1, 2n, 3, 4],
  'a text': () => 'abc',
  'array-like': () => ({ length: 3, 0: 1, 1: 2n, 2: 3 }),
  nothing: () => undefined,
  'a bad one': () => [1, 2, 3],
}
for (const [name, value] of Object.entries(RESULTS)) {
  linking[`several results: ${name}`] = (api, log) => attempt(() => several(api, value(log))['call']!(), api)
}
linking['the order of arguments'] = (api, log) =>
  several(api, 0)['order']!(
    converted('a', 1, log),
    converted('b', 2n, log),
    converted('c', 3, log),
    converted('d', 4, log),
  )
linking['a bad argument ends it'] = (api, log) =>
  attempt(() => several(api, 0)['order']!(converted('a', 1, log), converted('b', 2, log), converted('c', 3, log)), api)
void END
