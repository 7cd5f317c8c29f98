// For engines with a JIT: a DataView for each memory. Bounds, traps and unaligned access are the engine's own checks; a
// RangeError becomes a trap at the export.
//
//   i32.load offset=8    D0.v.getInt32((p >>> 0) + 8, true)
//   i32.load8_u          D0.v.getInt8(p) & 255
//
// V8's middle tier compiles accesses to signed integers and f64 in line, but calls a function for all others: a byte then
// costs 10 ns instead of 0.8. So unsigned integers are the low bits of signed ones, without the mask where its place
// makes no difference (low-bits.ts).
//
// Operands with branches are evaluated before the access (merges.ts).
//
// Where nobody reads the text, accesses have the names of one letter that runtime/view.ts gives them:
// D0.v.i(p + 8, true). D0 is a constant, and v is compiled as one (see `views_keep` in that file).

import type * as es from 'estree'
import type { ElementLoad, ElementStore } from '../../3-ir/expr.ts'
import { ACCESSES, bytesOf } from '../../3-ir/ops/accesses.ts'
import {
  assign,
  bin,
  type Constant,
  call,
  cond,
  construct,
  dot,
  func,
  id,
  literal,
  member,
  type Node,
  num,
  object,
  ret,
  sequence,
  set,
  stmt,
  vars,
} from '../build.ts'
import { lowBits, upToBits } from '../low-bits.ts'
import { effective, type KeptViews, type MemoryAccess, type Place, type Scratch } from './access.ts'
import { hasMerges } from './merges.ts'

/** The methods. */
const METHODS: Record<ElementLoad | ElementStore, readonly [long: string, short: string]> = {
  'i32.load': ['getInt32', 'i'],
  'i32.load8_s': ['getInt8', 'a'],
  'i32.load8_u': ['getInt8', 'a'],
  'i32.load16_s': ['getInt16', 'g'],
  'i32.load16_u': ['getInt16', 'g'],
  'f32.load': ['getFloat32', 'f'],
  'f64.load': ['getFloat64', 'd'],
  'i64.load': ['getBigInt64', 'getBigInt64'],
  'i32.store': ['setInt32', 'I'],
  'i32.store8': ['setInt8', 'A'],
  'i32.store16': ['setInt16', 'G'],
  'f32.store': ['setFloat32', 'F'],
  'f64.store': ['setFloat64', 'D'],
  'i64.store': ['setBigInt64', 'setBigInt64'],
}

const holder = (memory: number): string => `D${memory}`

/** The node of each method, long or short: made once, for it stands at every access. */
const methodNodes = (short: boolean): Record<ElementLoad | ElementStore, es.Identifier> => {
  const nodes = Object.entries(METHODS).map(([op, names]) => [op, id(names[short ? 1 : 0])])
  return Object.fromEntries(nodes) as Record<ElementLoad | ElementStore, es.Identifier>
}

/** The names of views end with that of the holder's property. They are asked for at every access, so made once. */
const names = (property: string): ((memory: number) => string) => {
  const known: string[] = []
  return (memory) => {
    known[memory] ??= holder(memory) + property
    return known[memory]
  }
}

const propertyOf = (view: string): string => view.slice(-1)

/** A value without what the store does by itself: it takes the low bits of integers, and rounds to single precision. */
function stored(op: ElementStore, value: Node): Node {
  if (op === 'i32.store8') return upToBits(value, 8)
  if (op === 'i32.store16') return upToBits(value, 16)
  return op === 'f32.store' ? unrounded(value) : value
}

/** `fround(x * y)` without `fround`, which V8 14 calls as a function until code is fully optimised. */
const unrounded = (x: Node): Node =>
  x.type === 'CallExpression' && x.callee.type === 'Identifier' && x.callee.name === 'fround'
    ? (x.arguments[0] as Node)
    : x

const LITTLE_ENDIAN = literal(true, 'true')

const hasOrder = (op: ElementLoad | ElementStore): boolean => bytesOf(op) > 1

/** How many bytes earlier the guarded view ends. */
const GUARD = 4

/** A length less these, of memories that have one. */
const shorter = (length: Node): Node => cond(length, bin('-', length, num(GUARD)), num(0))

const addressOf = (place: Place): Node => place.signed ?? effective(place)

/**
 * @param short whether accesses have names of one letter; for that the target needs `Reflect`
 * @param constant what declares a constant
 */
export function dataView({ short, constant }: { readonly short: boolean; readonly constant: Constant }): MemoryAccess {
  const whole = names('v')
  /** Ends 4 bytes early: what is in bounds there has 4 more bytes in bounds behind it. */
  const guarded = names('e')
  const methods = methodNodes(short)
  const views = new Map<string, Node>()
  const access = (view: Node, op: ElementLoad | ElementStore, args: Node[]): Node => {
    if (hasOrder(op)) args.push(LITTLE_ENDIAN)
    return call(member(view, methods[op]), args)
  }
  return {
    refusesNegative: true,
    byElement: false,
    view: (name) => {
      const known = views.get(name)
      if (known !== undefined) return known
      const node = dot(id(name.slice(0, -1)), propertyOf(name))
      views.set(name, node)
      return node
    },
    views: (memory) => [whole(memory), guarded(memory)],
    keep: (memory, used) => {
      const kept = [whole(memory), guarded(memory)].filter((name) => used.has(name))
      if (kept.length === 0) return undefined
      const made = kept.map((name): [string, Node] => [propertyOf(name), newView(short, name === guarded(memory))])
      return keeping(memory, made, constant, short)
    },
    loadBits: (scratch, place) => scratch.runtime('f32_load', scratch.view(whole(place.memory)), addressOf(place)),
    storeBits: (scratch, op, place, value) => [
      stmt(
        scratch.runtime(
          op === 'f32.store' ? 'f32_store' : 'f64_store',
          scratch.view(whole(place.memory)),
          addressOf(place),
          value,
        ),
      ),
    ],
    load: (scratch, op, place) => {
      const view = scratch.view(place.guard === 0 ? whole(place.memory) : guarded(place.memory))
      const loaded = (address: Node): Node => scratch.mark(access(view, op, [address]))
      const address = addressOf(place)
      const node = hasMerges(address) ? afterAddress(scratch, address, loaded) : loaded(address)
      if (op === 'i32.load8_u') return lowBits(node, 0xff)
      return op === 'i32.load16_u' ? lowBits(node, 0xffff) : node
    },
    store: (scratch, op, place, value) => {
      const view = scratch.view(whole(place.memory))
      const address = addressOf(place)
      const given = stored(op, value)
      // A BigInt in a variable that is set twice is no machine word.
      if (op === 'i64.store' || !(hasMerges(address) || hasMerges(given))) {
        return [stmt(access(view, op, [address, given]))]
      }
      const before: es.Statement[] = []
      const operands = evaluatedBefore(scratch, op, place.isAtom, address, given, before)
      return [...before, stmt(access(view, op, operands))]
    },
  }
}

/** How an instance keeps the views of a memory, as properties of one object. */
function keeping(
  memory: number,
  views: readonly (readonly [property: string, made: Node])[],
  constant: Constant,
  short: boolean,
): KeptViews {
  return {
    declaration: vars([[holder(memory), call(id('views_new'), [num(memory)])]], constant),
    watcher: call(id('views_keep'), [id(holder(memory)), func([BYTES], [ret(object(views))])]),
    runtime: ['views_new', 'views_keep', ...(short ? (['view_new'] as const) : [])],
  }
}

/**
 * The operands of a store, without branches in them.
 *
 * @param isAtom whether the address is that of a variable or a constant
 * @param before gets the statements that evaluate them
 */
function evaluatedBefore(
  scratch: Scratch,
  op: ElementStore,
  isAtom: boolean,
  address: Node,
  given: Node,
  before: es.Statement[],
): Node[] {
  const keep = (x: Node, purpose: 'store' | 'value' | 'float'): Node => {
    const name = scratch.scratch(purpose)
    before.push(set(name, x))
    return id(name)
  }
  // A global may be another behind the value.
  const first = isAtom && isSimple(address) ? address : keep(address, 'store')
  const second = isToken(given) ? given : keep(given, ACCESSES[op].type === 'i32' ? 'value' : 'float')
  return [first, second]
}

/** A load whose address is evaluated first. */
function afterAddress(scratch: Scratch, address: Node, load: (address: Node) => Node): Node {
  const variable = id(scratch.scratch('load'))
  return sequence([assign(variable, address), load(variable)])
}

/** One word of the text: a name, or a literal without a sign. */
const isToken = (x: Node): boolean => x.type === 'Identifier' || x.type === 'Literal'

/** `p`, `p + 8` */
const isSimple = (x: Node): boolean =>
  isToken(x) || (x.type === 'BinaryExpression' && isToken(x.left as Node) && isToken(x.right as Node))

const BYTES = 'bytes'

function newView(short: boolean, isGuarded: boolean): Node {
  if (short) return call(id('view_new'), [id(BYTES), num(isGuarded ? GUARD : 0)])
  const length = dot(id(BYTES), 'length')
  return construct('DataView', [dot(id(BYTES), 'buffer'), num(0), isGuarded ? shorter(length) : length])
}
