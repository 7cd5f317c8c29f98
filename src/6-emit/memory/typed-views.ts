// The typed arrays of a memory, by name: a view for each element type, more that start a few bytes later, and limits.
//
//   I32_0      all words of memory 0
//   I32_0_8    those from byte 8: what an access with offset 8 needs no addition for
//   G32_0      all words but the last: what is in bounds there has 4 more bytes in bounds behind it
//   N32_0      the number of words, less those of the last MARGIN bytes, where the runtime does the stores

import type { ElementLoad, ElementStore } from '../../3-ir/expr.ts'
import { bytesOf, shiftOf } from '../../3-ir/ops/accesses.ts'
import {
  at,
  bin,
  call,
  construct,
  dot,
  func,
  id,
  list,
  type Node,
  neg,
  not,
  num,
  ret,
  set,
  vars,
  when,
} from '../build.ts'
import type { KeptViews } from './access.ts'
import { WIDTHS } from './widths.ts'

/** Bytes; no view starts later. */
const MARGIN = 128

/** Of bytes and 16-bit words there would be many views. */
const MOST_SMALL = 16

/** Whether there may be a view that starts at this offset. */
export const hasOwnView = (op: ElementLoad | ElementStore, offset: number): boolean =>
  offset > 0 && offset < (bytesOf(op) < 4 ? MOST_SMALL : MARGIN) && offset % bytesOf(op) === 0

/** The view for an access with this offset. */
export function viewName(op: ElementLoad | ElementStore, memory: number, offset = 0, guard = 0): string {
  const start = `${guard === 0 ? WIDTHS[op].prefix : 'G32_'}${memory}`
  return offset === 0 ? start : `${start}_${offset}`
}

/** An aligned store below this index is in bounds, in views that start later too. */
export const limitName = (shift: number, memory: number): string => `N${8 << shift}_${memory}`

const OPS = Object.keys(WIDTHS) as (ElementLoad | ElementStore)[]

const ARRAYS = new Map(OPS.map((op) => [WIDTHS[op].prefix, { ...WIDTHS[op], shift: shiftOf(op) }]))
ARRAYS.set('G32_', { ...ARRAYS.get('I32_')!, prefix: 'G32_' })

/**
 * Views are variables of the instance. A watcher makes them, and sets them when it is called again (runtime/watchers.ts):
 *
 *   function (bytes, views) { if (!views) return [new Uint8Array(bytes.buffer, 0, bytes.length)]; B0 = views[0] }
 */
export function keepTypedViews(memory: number, used: ReadonlySet<string>): KeptViews | undefined {
  const views = typedViews(memory, used)
  if (views.length === 0) return undefined
  const making = when(not(id('views')), [ret(list(views.map(([_, made]) => made)))])
  const setting = views.map(([name], index) => set(name, at(id('views'), num(index))))
  return {
    declaration: vars(views.map(([name]) => [name, name.startsWith(WIDTHS['f64.store'].prefix) ? NOTHING : null])),
    watcher: func(['bytes', 'views'], [making, ...setting]),
    runtime: [],
  }
}

/**
 * What is set twice is no constant to V8 14, whose middle tier quiets a signalling NaN that it stores into a Float64Array
 * that is one.
 */
const NOTHING = id('null')

/** The views among the names that are used, and how they are made. */
function typedViews(memory: number, used: ReadonlySet<string>): [string, Node][] {
  const views: [string, Node][] = []
  const bytes = id('bytes')
  for (const name of [...used].sort()) {
    const [, prefix = '', index, offset = '0'] = /^(B|[A-Z]\d+_)(\d+)(?:_(\d+))?$/.exec(name)!
    if (Number(index) !== memory) continue
    const made = prefix.startsWith('N')
      ? limit(bytes, Number(prefix.slice(1, -1)) >> 3)
      : view(prefix, Number(offset), bytes)
    views.push([name, made])
  }
  return views
}

/** Parts are taken of whole views: beyond the end of an empty memory they are empty too. */
function view(prefix: string, offset: number, bytes: Node): Node {
  const { array, shift } = ARRAYS.get(prefix)!
  const length = dot(bytes, 'length')
  const whole = construct(array, [dot(bytes, 'buffer'), num(0), elements(length, 1 << shift)])
  const end = prefix === 'G32_' ? [neg(num(1))] : []
  return offset === 0 && end.length === 0 ? whole : call(dot(whole, 'subarray'), [num(offset >> shift), ...end])
}

/** How many there are; beyond 2^31 bytes shifts would take the length for a negative number, and of 2^32 for 0. */
const elements = (length: Node, size: number): Node => (size === 1 ? length : bin('/', length, num(size)))

/** An integer for QuickJS too, which compares those faster than doubles; of an empty memory below zero. */
const limit = (bytes: Node, size: number): Node => {
  const length = dot(bytes, 'length')
  const whole = size === 1 ? length : bin('>>>', elements(length, size), num(0))
  return bin('-', whole, num(MARGIN / size))
}
