// Instructions on structures, arrays and types as ESTree (runtime/heap-types.ts, runtime/arrays.ts).
//
//   (type $t (struct (field i32) (field (mut i64))))
//   struct.new $t       new S3(a, b, c)       S3 = heap_class(Y3, function (a, b, c) { this.f0 = a; this.f1 = b; this.h1 = c })
//   struct.get $t 1     a.f1 and a.h1
//   array.get $u        a.d[b]
//   ref.test (ref $t)   a !== null && a.t === Y3      a !== null && a.t.s1 === Y3, if there may be types below it

import type { HeapType, PackedType, ValType } from '../0-wasm/types.ts'
import { type ArrayType, isRef, type StructType, unpacked } from '../0-wasm/types.ts'
import type { Expr, GcOperation } from '../3-ir/expr.ts'
import { MAY_BE_I31, MAY_BE_NULL, TAKES_NULL } from '../3-ir/gc-ops.ts'
import { hasManyFields, wordsOfType } from '../3-ir/registers.ts'
import {
  and,
  assign,
  at,
  bin,
  construct,
  dot,
  id,
  list,
  literal,
  type Node,
  num,
  or,
  sequence,
  text,
  unary,
} from './build.ts'
import type { FunctionContext } from './context.ts'
import { letterOf, typesInTuple } from './tuples.ts'

/** What begins the name of a field that holds a register of a value, in order; arrays have theirs in `d` and `h`. */
const PARTS = ['f', 'h', 'y', 'z'] as const

/** The names of the properties that hold the fields of a structure. */
export const fieldNames = ({ fields }: StructType): string[] =>
  fields.flatMap(({ storage }, i) => wordsOfType(unpacked(storage)).map((_, part) => `${PARTS[part]}${i}`))

/** Those of the elements of an array. */
export const elementNames = ({ element }: ArrayType): string[] =>
  wordsOfType(unpacked(element.storage)).map((_, part) => (part === 0 ? 'd' : PARTS[part]!))

/** The runtime function that makes the typed array which holds elements, or their first words. */
const ZEROS = {
  i8: 'array_i8',
  i16: 'array_i16',
  i32: 'array_i32',
  i64: 'array_i32',
  v128: 'array_i32',
  f32: 'array_f64',
  f64: 'array_f64',
} as const

/** The runtime functions for elements of several words. */
const OF_WORDS = {
  i64: { make: 'array_new_I', fill: 'array_fill_I' },
  v128: { make: 'array_new_v', fill: 'array_fill_v' },
} as const

type Numeric = keyof typeof ZEROS

type Value = (c: FunctionContext, e: Expr) => Node

/** @param value emits an operand in full */
export function gcNode(c: FunctionContext, e: GcOperation, value: Value): Node {
  const { op, detail, part } = e
  if (op === 'ref.test') return test(c, e.heap, value(c, e.args[0]!), detail)
  const args = (): Node[] => e.args.map((arg) => value(c, arg))
  switch (op) {
    case 'struct.new':
    case 'struct.new_default':
      return construct(heapClass(c, e), args())
    case 'struct.of_tuple':
      return structOfTuple(c, e, args())
    case 'struct.get':
      return dot(value(c, e.args[0]!), `${PARTS[part]}${detail}`)
    case 'struct.set': {
      const [object, ...words] = args()
      return all(words.map((word, i) => assign(dot(object!, `${PARTS[i]}${detail}`), word)))
    }
    case 'array.len':
      return dot(dot(value(c, e.args[0]!), 'd'), 'length')
    case 'array.get': {
      const [array, index] = args()
      return at(dot(array!, part === 0 ? 'd' : PARTS[part]!), index!)
    }
    case 'array.set': {
      const [array, index, ...words] = args()
      const names = elementNames(arrayType(c, e))
      return all(words.map((word, i) => assign(at(dot(array!, names[i]!), index!), word)))
    }
    case 'array.copy':
      return c.callRuntime('array_copy', args())
    default:
      return ofMany(c, e, op, args())
  }
}

const all = (nodes: Node[]): Node => (nodes.length === 1 ? nodes[0]! : sequence(nodes))

const arrayType = ({ module: { module } }: FunctionContext, { heap }: GcOperation): ArrayType =>
  module.types[heap as number]!.composite as ArrayType

type OfMany = Exclude<
  GcOperation['op'],
  'ref.test' | 'array.copy' | 'array.len' | `struct.${string}` | 'array.get' | 'array.set'
>

/** What sets many elements, or makes an array of them. */
function ofMany(c: FunctionContext, e: GcOperation, op: OfMany, args: Node[]): Node {
  const { storage } = arrayType(c, e).element
  switch (op) {
    case 'array.new':
    case 'array.new_default':
      return newArray(c, e, storage, args)
    case 'array.new_fixed':
      return fixedArray(c, e, storage, args)
    case 'array.of_tuple':
      return c.callRuntime('array_of_tuple', [heapClass(c, e), letter(storage), ...args])
    case 'array.fill':
      return c.callRuntime(isOfWords(storage) ? OF_WORDS[storage].fill : 'array_fill', args)
    case 'array.new_data':
      return c.callRuntime('array_new_data', [heapClass(c, e), letter(storage), dataNode(c, e), ...args])
    case 'array.new_elem':
      return c.callRuntime('array_new_elem', [heapClass(c, e), elemNode(c, e), ...args])
    case 'array.init_data':
      return c.callRuntime('array_init_data', [args[0]!, args[1]!, letter(storage), dataNode(c, e), args[2]!, args[3]!])
    case 'array.init_elem':
      return c.callRuntime('array_init_elem', [args[0]!, args[1]!, elemNode(c, e), args[2]!, args[3]!])
    default:
      return op satisfies never
  }
}

const isOfWords = (storage: ValType | PackedType): storage is keyof typeof OF_WORDS =>
  storage === 'i64' || storage === 'v128'

const letter = (storage: ValType | PackedType): Node => text(letterOf(storage))

function dataNode(c: FunctionContext, { detail }: GcOperation): Node {
  c.uses.datas.add(detail)
  return c.module.instance.data(detail)
}

function elemNode(c: FunctionContext, { detail }: GcOperation): Node {
  c.uses.elems.add(detail)
  return c.module.instance.elem(detail)
}

/** @param args the tuple */
function structOfTuple(c: FunctionContext, e: GcOperation, args: readonly Node[]): Node {
  const { fields } = c.module.module.types[e.heap as number]!.composite as StructType
  const types = hasManyFields(fields) ? [] : typesInTuple(fields.map(({ storage }) => storage))
  return c.callRuntime('struct_of_tuple', [heapClass(c, e), ...args, ...types])
}

/** An array of one value, or of zeros or nulls. */
function newArray(c: FunctionContext, e: GcOperation, storage: ValType | PackedType, args: readonly Node[]): Node {
  const isDefault = e.op === 'array.new_default'
  const made = heapClass(c, e)
  const words = isDefault ? [] : args.slice(0, -1)
  const length = args[args.length - 1]!
  if (typeof storage === 'object')
    return construct(made, [c.callRuntime('array_ref', [words[0] ?? id('null'), length])])
  if (isOfWords(storage)) {
    const given = isDefault ? wordsOfType(storage).map(() => num(0)) : words
    return c.callRuntime(OF_WORDS[storage].make, [made, ...given, length])
  }
  const zeros = c.callRuntime(ZEROS[storage as Numeric], [length])
  return construct(made, [isDefault ? zeros : c.callRuntime('array_all', [zeros, words[0]!])])
}

/** An array of the operands. */
function fixedArray(c: FunctionContext, e: GcOperation, storage: ValType | PackedType, args: readonly Node[]): Node {
  const made = heapClass(c, e)
  if (isRef(storage as ValType)) return construct(made, [list(args)])
  const names = elementNames(arrayType(c, e))
  const count = args.length / names.length
  const held = names.map((_, part) => {
    const words = args.filter((_, i) => i % names.length === part)
    // Engines quiet NaNs in arrays of nothing but numbers.
    const values = storage === 'f32' || storage === 'f64' ? [...words, id('null')] : words
    return c.callRuntime('array_of', [c.callRuntime(ZEROS[storage as Numeric], [num(count)]), list(values)])
  })
  return construct(made, held)
}

/** The constructor of what an instruction makes. */
function heapClass(c: FunctionContext, { heap }: GcOperation): Node {
  const { canonical } = c.module.module.types[heap as number]!
  c.uses.heapClasses.add(canonical)
  return c.module.instance.heapClass(canonical)
}

/** Whether a reference is of a type. @param detail bits of gc-ops.ts */
function test(c: FunctionContext, heap: HeapType, x: Node, detail: number): Node {
  const known = isOfType(c, heap, x, (detail & MAY_BE_I31) !== 0)
  if ((detail & MAY_BE_NULL) === 0) return known ?? num(1)
  const takesNull = (detail & TAKES_NULL) !== 0
  if (known === undefined) return takesNull ? num(1) : bin('!==', x, id('null'))
  if (known.type === 'Literal') return takesNull ? bin('===', x, id('null')) : num(0)
  return takesNull ? or(bin('===', x, id('null')), known) : and(bin('!==', x, id('null')), known)
}

/** The same for a reference that is not null. @returns undefined if each is */
function isOfType(c: FunctionContext, heap: HeapType, x: Node, mayBeI31: boolean): Node | undefined {
  const isNumber = (): Node => bin('===', unary('typeof', x), text('number'))
  const isObject = (known: Node): Node =>
    mayBeI31 ? and(bin('!==', unary('typeof', x), text('number')), known) : known
  const kind = (): Node => dot(dot(x, 't'), 'k')
  if (typeof heap === 'number') return isOfDefined(c, heap, x, isObject)
  switch (heap) {
    case 'any':
    case 'func':
    case 'extern':
    case 'exn':
      return undefined
    case 'eq':
      return mayBeI31 ? or(isNumber(), bin('>', kind(), num(0))) : undefined
    case 'i31':
      return mayBeI31 ? isNumber() : num(0)
    case 'struct':
      return isObject(bin('===', kind(), num(1)))
    case 'array':
      return isObject(bin('===', kind(), num(2)))
    case 'none':
    case 'nofunc':
    case 'noextern':
    case 'noexn':
      return num(0)
    default:
      return heap satisfies never
  }
}

function isOfDefined(c: FunctionContext, index: number, x: Node, isObject: (known: Node) => Node): Node {
  const { module, instance } = c.module
  const { canonical, final, composite } = module.types[index]!
  if (composite.kind === 'func') {
    c.uses.typeIds.add(canonical)
    const id = instance.typeId(canonical)
    return final
      ? bin('===', dot(dot(x, 'type'), 'id'), id)
      : bin('===', c.runtime('func_matches', x, id), literal(true, 'true'))
  }
  c.uses.heapTypes.add(canonical)
  const type = instance.heapType(canonical)
  const depth = depthOf(module.types, canonical)
  return isObject(bin('===', final ? dot(x, 't') : dot(dot(x, 't'), `s${depth}`), type))
}

/** How many types are declared above one. */
function depthOf(types: readonly { readonly supertypes: readonly number[] }[], index: number): number {
  let depth = 0
  for (let at = types[index]!.supertypes[0]; at !== undefined; at = types[at]!.supertypes[0]) depth++
  return depth
}

/** What a constructor is declared with: the types of its many fields, which `struct_of_tuple` would be told each time. */
export const fieldsInTuple = ({ fields }: StructType): Node | undefined =>
  hasManyFields(fields) ? typesInTuple(fields.map(({ storage }) => storage))[0] : undefined

/** The statements of a constructor: one property for each parameter. */
export const constructorOf = (names: readonly string[], params: readonly string[]): Node[] =>
  names.map((name, i) => assign(dot(id('this'), name), id(params[i]!)))

/** What comes before them where a structure has very many fields: `struct.new_default` gives no operands. */
export function defaults({ fields }: StructType, params: readonly string[]): Node[] {
  if (!hasManyFields(fields)) return []
  const zeros = fields.flatMap(({ storage }) =>
    wordsOfType(unpacked(storage)).map((type) => (type === 'ref' ? id('null') : num(0))),
  )
  // Not by the first of them: a reference to a host's value may be undefined.
  const given = dot(id('arguments'), 'length')
  return [or(given, sequence(params.map((param, i) => assign(id(param), zeros[i]!))))]
}
