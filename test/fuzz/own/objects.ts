// Structures, arrays, casts and calls of references: modules with a few types of their own, declared below each other, whose
// functions make objects, change them, look into them and test them. Null and wrong indices come by, though not often.

import { constant, ELSE, END, ins, type NumName, opcode, open as openBlock } from '../../binary/code.ts'
import { EDGES } from '../../binary/edges.ts'
import {
  arrayType,
  type Field,
  funcType,
  type GcFunc,
  type GcType,
  gcModule,
  open,
  structType,
} from '../../binary/gc.ts'
import { uleb } from '../../binary/leb.ts'
import { Random } from '../random.ts'

type Packed = 'i8' | 'i16'
type Held = NumName | Packed | 'ref'

/** A field or element: numbers, or references to type 0 and those below it. */
interface Slot {
  readonly held: Held
  readonly mutable: boolean
}

interface Struct {
  readonly above: number | undefined
  readonly slots: readonly Slot[]
}

const NUMBERS: readonly NumName[] = ['i32', 'i64', 'f32', 'f64']
const HELD: readonly Held[] = ['i32', 'i64', 'f64', 'i8', 'i16', 'f32', 'ref', 'ref']
const PARAMS: readonly NumName[] = ['i32', 'i64', 'f64']
/** Of each function, behind its parameters: references to the first type, to each array type, and to anything. */
const REFERENCES = 3
const MAX_LENGTH = 8n

const numberOf = (held: Held): NumName | 'ref' => (held === 'i8' || held === 'i16' ? 'i32' : held)
const get = (local: number): number[] => ins('local.get', local)

class Module {
  readonly random: Random
  readonly structs: Struct[] = []
  readonly arrays: Slot[] = []

  constructor(seed: number) {
    this.random = new Random(seed)
    const { random } = this
    this.structs.push({ above: undefined, slots: [this.#slot(), this.#slot()] })
    for (let i = random.between(1, 6); i > 0; i--) {
      const above = random.below(this.structs.length)
      const own = Array.from({ length: random.below(4) }, () => this.#slot())
      this.structs.push({ above, slots: [...this.structs[above].slots, ...own] })
    }
    for (const held of HELD.slice(0, -1)) if (random.chance(50)) this.arrays.push({ held, mutable: true })
  }

  #slot(): Slot {
    return { held: this.random.pick(HELD), mutable: this.random.chance(70) }
  }

  field({ held, mutable }: Slot): Field {
    const type = held === 'ref' ? (['ref null', 0] as const) : held
    return mutable ? ['mut', type] : type
  }

  arrayIndex(array: number): number {
    return this.structs.length + array
  }

  get funcIndex(): number {
    return this.structs.length + this.arrays.length
  }
}

class Body {
  readonly #m: Module
  /** Functions that may be called. */
  readonly #before: number
  #left: number

  constructor(module: Module, before: number) {
    this.#m = module
    this.#before = before
    this.#left = module.random.pick([30, 60, 120])
  }

  get #random(): Random {
    return this.#m.random
  }

  /** The local of a reference to a structure, or to arrays of a type. */
  #structLocal(): number {
    return PARAMS.length + this.#random.below(REFERENCES)
  }

  #arrayLocal(array: number): number {
    return PARAMS.length + REFERENCES + array
  }

  get #anyLocal(): number {
    return PARAMS.length + REFERENCES + this.#m.arrays.length
  }

  number(type: NumName): number[] {
    const random = this.#random
    if (this.#left-- <= 0 || random.chance(25)) return this.#leaf(type)
    const way = random.below(7)
    if (way === 0) return [...this.number(type), ...this.number(type), ...opcode(`${type}.add`)]
    if (way === 1) return this.#read(type) ?? this.#leaf(type)
    if (way === 2) return this.#element(type) ?? this.#leaf(type)
    if (way === 3 && type === 'i64' && this.#before > 0) return this.#call()
    if (type === 'i32') return this.#test()
    return this.#read(type) ?? this.#leaf(type)
  }

  #leaf(type: NumName): number[] {
    const param = PARAMS.indexOf(type)
    if (param >= 0 && this.#random.chance(60)) return get(param)
    return constant(type, this.#random.pick(EDGES[type]))
  }

  /** A small number, or seldom a large one. */
  #index(): number[] {
    if (this.#random.chance(3)) return this.number('i32')
    return [...this.number('i32'), ...constant('i32', 3n), ...opcode('i32.and')]
  }

  /** A read of a field of this type, of an object that is cast to the structure that has it. */
  #read(type: NumName | 'ref'): number[] | undefined {
    const { structs } = this.#m
    const struct = this.#random.below(structs.length)
    const fields = structs[struct].slots.flatMap(({ held }, i) => (numberOf(held) === type ? [i] : []))
    if (fields.length === 0) return undefined
    const field = this.#random.pick(fields)
    const { held } = structs[struct].slots[field]
    const sign = held === 'i8' || held === 'i16' ? (this.#random.chance(50) ? '_s' : '_u') : ''
    return [...this.object(struct), ...ins(`struct.get${sign}` as 'struct.get', struct, field)]
  }

  #element(type: NumName | 'ref'): number[] | undefined {
    const { arrays } = this.#m
    const fitting = arrays.flatMap(({ held }, i) => (numberOf(held) === type ? [i] : []))
    if (fitting.length === 0) return undefined
    const array = this.#random.pick(fitting)
    const { held } = arrays[array]
    const sign = held === 'i8' || held === 'i16' ? (this.#random.chance(50) ? '_s' : '_u') : ''
    const read = ins(`array.get${sign}` as 'array.get', this.#m.arrayIndex(array))
    return [...get(this.#arrayLocal(array)), ...this.#index(), ...read]
  }

  /** What is known of a reference, as an i32. */
  #test(): number[] {
    const random = this.#random
    const { structs, arrays } = this.#m
    switch (random.below(6)) {
      case 0:
        return [...this.any(), ...ins(random.chance(50) ? 'ref.test' : 'ref.test null', random.below(structs.length))]
      case 1:
        return [...get(this.#structLocal()), ...get(this.#structLocal()), ...opcode('ref.eq')]
      case 2:
        return [...this.any(), ...opcode('ref.is_null')]
      case 3:
        return [...this.any(), ...opcode('ref.test'), random.pick([0x6b, 0x6a, 0x6c, 0x6d])]
      case 4:
        if (arrays.length > 0) return [...get(this.#arrayLocal(random.below(arrays.length))), ...opcode('array.len')]
        return this.#leaf('i32')
      default:
        return [
          ...[...this.number('i32'), ...opcode('ref.i31'), ...opcode(random.chance(50) ? 'i31.get_s' : 'i31.get_u')],
        ]
    }
  }

  /** An earlier function, called by its index or by a reference. */
  #call(): number[] {
    const callee = this.#random.below(this.#before)
    const args = PARAMS.flatMap((type) => this.#leaf(type))
    if (this.#random.chance(50)) return [...args, ...ins('call', callee)]
    return [...args, ...ins('ref.func', callee), ...ins('call_ref', this.#m.funcIndex)]
  }

  /** A reference to a structure of this type, not null. */
  object(struct: number): number[] {
    const random = this.#random
    if (this.#left > 0 && random.chance(30)) return this.made(struct)
    const from = get(this.#structLocal())
    if (struct === 0) return random.chance(50) ? [...from, ...opcode('ref.as_non_null')] : from
    if (random.chance(20)) return [...from, ...ins('ref.cast', struct)]
    // What is not of the type is made anew: block (result (ref struct)) ... br_on_cast
    return [
      ...[0x02, 0x64, ...uleb(struct)],
      ...[...from, ...opcode('br_on_cast'), 0b01, 0, 0, ...uleb(struct), ...opcode('drop')],
      ...[...this.made(struct), END],
    ]
  }

  made(struct: number): number[] {
    const { slots } = this.#m.structs[struct]
    this.#left -= slots.length
    if (this.#random.chance(15)) return ins('struct.new_default', struct)
    return [...slots.flatMap(({ held }) => this.#held(held)), ...ins('struct.new', struct)]
  }

  #held(held: Held): number[] {
    const type = numberOf(held)
    return type === 'ref' ? this.structOrNull() : this.number(type)
  }

  structOrNull(): number[] {
    const random = this.#random
    if (random.chance(10)) return [...opcode('ref.null'), 0]
    if (this.#left <= 0 || random.chance(50)) return get(this.#structLocal())
    return (random.chance(30) ? this.#read('ref') : undefined) ?? this.made(random.below(this.#m.structs.length))
  }

  any(): number[] {
    const random = this.#random
    const { arrays } = this.#m
    if (random.chance(30)) return get(this.#anyLocal)
    if (arrays.length > 0 && random.chance(30)) return get(this.#arrayLocal(random.below(arrays.length)))
    return random.chance(20) ? [...this.number('i32'), ...opcode('ref.i31')] : get(this.#structLocal())
  }

  #newArray(array: number): number[] {
    const random = this.#random
    const { held } = this.#m.arrays[array]
    const index = this.#m.arrayIndex(array)
    const length = constant('i32', BigInt(random.between(3, Number(MAX_LENGTH))))
    if (random.chance(30)) return [...length, ...ins('array.new_default', index)]
    if (random.chance(40)) {
      const items = Array.from({ length: random.between(3, 6) }, () => this.#held(held))
      return [...items.flat(), ...ins('array.new_fixed', index, items.length)]
    }
    return [...this.#held(held), ...length, ...ins('array.new', index)]
  }

  statement(): number[] {
    const random = this.#random
    const { structs, arrays } = this.#m
    switch (random.below(8)) {
      case 0:
      case 1:
        return [...this.made(random.below(structs.length)), ...ins('local.set', this.#structLocal())]
      case 2:
      case 3: {
        const struct = random.below(structs.length)
        const fields = structs[struct].slots.flatMap(({ mutable }, i) => (mutable ? [i] : []))
        if (fields.length === 0) return []
        const field = random.pick(fields)
        const value = this.#held(structs[struct].slots[field].held)
        return [...this.object(struct), ...value, ...ins('struct.set', struct, field)]
      }
      case 4: {
        if (arrays.length === 0) return []
        const array = random.below(arrays.length)
        return [...this.#newArray(array), ...ins('local.set', this.#arrayLocal(array))]
      }
      case 5:
        return arrays.length === 0 ? [] : this.#setElements(random.below(arrays.length))
      case 6:
        return [...this.any(), ...ins('local.set', this.#anyLocal)]
      default:
        return [
          ...[...this.number('i32'), ...openBlock('if', undefined), ...this.statement()],
          ...[ELSE, ...this.statement(), END],
        ]
    }
  }

  #setElements(array: number): number[] {
    const random = this.#random
    const index = this.#m.arrayIndex(array)
    const local = get(this.#arrayLocal(array))
    const value = this.#held(this.#m.arrays[array].held)
    const count = constant('i32', BigInt(random.below(4)))
    switch (random.below(4)) {
      case 0:
        return [...local, ...this.#index(), ...value, ...count, ...ins('array.fill', index)]
      case 1:
        return [...local, ...this.#index(), ...local, ...this.#index(), ...count, ...ins('array.copy', index, index)]
      default:
        return [...local, ...this.#index(), ...value, ...ins('array.set', index)]
    }
  }

  /** Makes what the locals start with, does this and that, and gives a number. */
  code(): number[] {
    const { arrays } = this.#m
    const start = Array.from({ length: REFERENCES }, (_, i) => [
      ...this.made(this.#random.below(this.#m.structs.length)),
      ...ins('local.set', PARAMS.length + i),
    ])
    const made = arrays.map((_, i) => [...this.#newArray(i), ...ins('local.set', this.#arrayLocal(i))])
    this.#left = this.#random.pick([60, 150, 400])
    const statements = Array.from({ length: this.#random.between(3, 15) }, () => this.statement())
    const sum = NUMBERS.slice(0, 2).map((type) => this.number(type))
    return [
      ...[...start, ...made, ...statements].flat(),
      ...[...sum[0], ...opcode('i64.extend_i32_s'), ...sum[1], ...opcode('i64.xor')],
    ]
  }
}

/** The module of a seed. Its functions take numbers and give an i64. */
export function objects(seed: number): Uint8Array<ArrayBuffer> {
  const module = new Module(seed)
  const { structs, arrays } = module
  const types = [
    ...structs.map(({ above, slots }) =>
      open(structType(...slots.map((slot) => module.field(slot))), ...(above === undefined ? [] : [above])),
    ),
    ...arrays.map((slot) => arrayType(module.field(slot))),
    funcType(PARAMS, ['i64']),
  ]
  const locals: GcType[] = [
    ...Array.from({ length: REFERENCES }, () => ['ref null', 0] as const),
    ...arrays.map((_, i) => ['ref null', module.arrayIndex(i)] as const),
    'anyref',
  ]
  const funcs = Array.from({ length: module.random.between(2, 6) }, (_, i): GcFunc => {
    return { type: module.funcIndex, locals, code: new Body(module, i).code(), name: `f${i}` }
  })
  return gcModule({ types, funcs })
}
