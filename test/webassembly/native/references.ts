// What JavaScript sees of structures and arrays of GC, and what comes back unchanged.

import { END, ins, VAL_TYPES } from '../../binary/code.ts'
import { arrayType, funcType, gcModule, structType } from '../../binary/gc.ts'
import { type Api, attempt, type Case } from './describe.ts'
import { VALUES } from './values.ts'

/** Makes objects of each kind, and takes them back in each form. */
const MODULE = gcModule({
  types: [
    structType(['mut', 'i32'], ['mut', 'anyref'] as never),
    arrayType(['mut', 'i32']),
    arrayType(['mut', 'anyref'] as never),
    funcType([], ['anyref']),
    funcType(['anyref'], ['externref']),
    funcType(['externref'], ['anyref']),
    funcType(['anyref', 'anyref'], ['i32']),
    funcType(['anyref'], ['i32']),
    funcType(['i32'], ['anyref']),
  ],
  funcs: [
    { name: 'struct', type: 3, code: [...ins('i32.const', 7), 0xd0, VAL_TYPES.nullref, ...ins('struct.new', 0)] },
    { name: 'numbers', type: 3, code: [...ins('i32.const', 3), ...ins('array.new_default', 1)] },
    { name: 'references', type: 3, code: [...ins('i32.const', 2), ...ins('array.new_default', 2)] },
    { name: 'i31', type: 8, code: [...ins('local.get', 0), ...ins('ref.i31')] },
    { name: 'out', type: 4, code: [...ins('local.get', 0), ...ins('extern.convert_any')] },
    { name: 'in', type: 5, code: [...ins('local.get', 0), ...ins('any.convert_extern')] },
    { name: 'isNull', type: 7, code: [...ins('local.get', 0), ...ins('ref.is_null')] },
    { name: 'isStruct', type: 7, code: [...ins('local.get', 0), 0xfb, 20, 0] },
    { name: 'isI31', type: 7, code: [...ins('local.get', 0), 0xfb, 20, VAL_TYPES.i31ref] },
    { name: 'isEq', type: 7, code: [...ins('local.get', 0), 0xfb, 20, VAL_TYPES.eqref] },
  ],
})
void END

type Functions = Record<string, (...args: unknown[]) => object>

const functions = (api: Api) =>
  new api.Instance(new api.Module(MODULE as Uint8Array<ArrayBuffer>)).exports as unknown as Functions

/** What may be done with any object. */
const ACTIONS: Readonly<Record<string, (object: object) => unknown>> = {
  typeof: (object) => typeof object,
  'own keys': (object) => Reflect.ownKeys(object),
  'Object.keys': (object) => Object.keys(object),
  'for in': (object) => {
    const keys = []
    for (const key in object) keys.push(key)
    return keys
  },
  prototype: (object) => Object.getPrototypeOf(object),
  __proto__: (object) => Reflect.get(object, '__proto__'),
  'set the prototype': (object) => [Reflect.setPrototypeOf(object, {}), Reflect.setPrototypeOf(object, null)],
  'Object.setPrototypeOf': (object) => Object.setPrototypeOf(object, {}),
  'Object.setPrototypeOf null': (object) => Object.setPrototypeOf(object, null) === object,
  'Reflect.get': (object) => [Reflect.get(object, 'x'), Reflect.get(object, 0), Reflect.get(object, 'length')],
  get: (object) => (object as { x?: unknown }).x,
  'Reflect.set': (object) => [
    Reflect.set(object, 'x', 1),
    Reflect.set(object, 0, 1),
    Reflect.set(object, Symbol.iterator, 1),
  ],
  set: (object) => {
    ;(object as { x?: unknown }).x = 1
  },
  'set an element': (object) => {
    ;(object as unknown[])[0] = 1
  },
  delete: (object) => delete (object as { x?: unknown }).x,
  'delete an element': (object) => delete (object as unknown[])[0],
  'Reflect.deleteProperty': (object) => Reflect.deleteProperty(object, 'x'),
  'Reflect.defineProperty': (object) => Reflect.defineProperty(object, 'x', { value: 1 }),
  'Object.defineProperty': (object) => Object.defineProperty(object, 'x', { value: 1 }),
  'Object.assign': (object) => Object.assign(object, { x: 1 }),
  descriptor: (object) => [Reflect.getOwnPropertyDescriptor(object, 'x'), Reflect.getOwnPropertyDescriptor(object, 0)],
  in: (object) => ['x' in object, 0 in object, 'toString' in object, Symbol.iterator in object],
  hasOwn: (object) => Object.hasOwn(object, 0),
  isExtensible: (object) => [Object.isExtensible(object), Object.isSealed(object), Object.isFrozen(object)],
  'Reflect.preventExtensions': (object) => Reflect.preventExtensions(object),
  'Object.preventExtensions': (object) => Object.preventExtensions(object) === object,
  'Object.freeze': (object) => Object.freeze(object) === object,
  'Object.seal': (object) => Object.seal(object) === object,
  'JSON.stringify': (object) => JSON.stringify({ object }),
  'toString of Object': (object) => Object.prototype.toString.call(object),
  'as a text': (object) => `${object}`,
  'as a number': (object) => +(object as unknown as number),
  'as true': (object) => !!object,
  'plus a text': (object) => ['', object].join(),
  '== null': (object) => object == null,
  'Object.is': (object) => Object.is(object, object),
  spread: (object) => ({ ...object }),
  'spread as a list': (object) => [...(object as unknown as Iterable<unknown>)],
  call: (object) => (object as unknown as () => unknown)(),
  new: (object) => new (object as unknown as new () => object)(),
  instanceof: (object) => [object instanceof Object, object instanceof Function],
  'as a class': (object) => ({}) instanceof (object as never),
  'Array.isArray': (object) => [Array.isArray(object), ArrayBuffer.isView(object)],
  'Array.from': (object) => Array.from(object as ArrayLike<unknown>),
  structuredClone: (object) => structuredClone(object),
  'key of a Map': (object) => new Map([[object, 1]]).get(object),
  'key of a WeakMap': (object) => new WeakMap([[object, 1]]).get(object),
  WeakRef: (object) => new WeakRef(object).deref() === object,
  Proxy: (object) => typeof new Proxy(object, {}),
  'below an object': (object) => {
    const made = Object.create(object)
    return [made.x, Reflect.set(made, 'y', 1), Reflect.ownKeys(made), 'x' in made]
  },
  'below another, by name': (object) => {
    const made = Object.create(object)
    made.z = 1
    return made.z
  },
  'Object.entries': (object) => [Object.entries(object), Object.values(object), Object.getOwnPropertySymbols(object)],
  await: async (object) => (await object) === object,
  'Promise.resolve': (object) => Promise.resolve(object).then((value) => value === object),
  'Reflect.get, a receiver': (object) => Reflect.get({}, 'x', object),
  'Reflect.set, a receiver': (object) => Reflect.set({}, 'x', 1, object),
  'hasOwnProperty.call': (object) => Object.hasOwn(object, 'x'),
  'isPrototypeOf.call': (object) => Object.prototype.isPrototypeOf.call(object, {}),
  'concat': (object) => ([] as unknown[]).concat(object).length,
  throw: (object) => {
    try {
      throw object
    } catch (caught) {
      return caught === object
    }
  },
}

export const references: Record<string, Case> = {}
for (const kind of ['struct', 'numbers', 'references']) {
  for (const [name, action] of Object.entries(ACTIONS)) {
    references[`${kind}: ${name}`] = (api) => action(functions(api)[kind]!())
    // As an externref it is the same object.
    if (name.length < 8)
      references[`${kind} as extern: ${name}`] = (api) => action(functions(api)['out']!(functions(api)[kind]!()))
  }
  references[`${kind}: comes back`] = (api) => {
    const { out, isNull, isStruct, isI31, isEq, [kind]: make, in: into } = functions(api)
    const object = make!()
    const same = [out!(object) === object, into!(object) === object, Object.is(make!(), make!())]
    return [...same, ...[isNull, isStruct, isI31, isEq].map((is) => is!(object))]
  }
  references[`${kind}: comes back in another instance`] = (api) => {
    const object = functions(api)[kind]!()
    const { isStruct, isEq } = functions(api)
    return [isStruct!(object), isEq!(object)]
  }
  references[`${kind}: in tables and globals`] = (api) => {
    const object = functions(api)[kind]!()
    return ['anyref', 'eqref', 'structref', 'arrayref', 'i31ref', 'externref', 'anyfunc'].map((type) => {
      const global = () => new api.Global({ value: type as never }, object as never).value === object
      const table = () => {
        const made = new api.Table({ element: type as never, initial: 1 })
        made.set(0, object as never)
        return made.get(0) === object
      }
      return [attempt(global, api), attempt(table, api)]
    })
  }
}
for (const [name, value] of Object.entries(VALUES)) {
  references[`in and out: ${name}`] = (api) => {
    const { out, isNull, isStruct, isI31, isEq, in: into } = functions(api)
    const given = value()
    return [
      attempt(() => Object.is(out!(given), given), api),
      attempt(() => Object.is(into!(given), given), api),
      ...[isNull, isStruct, isI31, isEq].map((is) => attempt(() => is!(given), api)),
    ]
  }
  references[`i31 of ${name}`] = (api) => {
    const { i31, isI31, out } = functions(api)
    return attempt(() => [i31!(value()), isI31!(i31!(value())), out!(i31!(value()))], api)
  }
}
