// Instructions of proposals that are only recognised: which proposal they belong to, and how to step over them, so that a
// refusal can name all that a module needs.

import type { Feature } from '../0-wasm/features.ts'
import type { Reader } from './reader.ts'
import { readHeapType, type Use } from './types.ts'

interface ForeignOp {
  readonly feature: Feature
  /** Kinds of immediates in the binary's order: `index`, `byte`, `heaptype`, `handlers`. */
  readonly immediates: readonly string[]
}

/** First and last opcode, and the immediates of all between them. */
type ForeignRange = readonly [first: number, last: number, feature: Feature, immediates: string]

const RANGES: readonly ForeignRange[] = [
  [0xe0, 0xe0, 'stack-switching', 'index'],
  [0xe1, 0xe1, 'stack-switching', 'index index'],
  [0xe2, 0xe2, 'stack-switching', 'index'],
  [0xe3, 0xe3, 'stack-switching', 'index handlers'],
  [0xe4, 0xe4, 'stack-switching', 'index index handlers'],
  [0xe5, 0xe5, 'stack-switching', 'index handlers'],
  [0xe6, 0xe6, 'stack-switching', 'index index'],
  [0xfb_020, 0xfb_022, 'custom-descriptors', 'index'],
  [0xfb_023, 0xfb_024, 'custom-descriptors', 'heaptype'],
  [0xfb_025, 0xfb_026, 'custom-descriptors', 'byte index heaptype heaptype'],
  [0xfe_04f, 0xfe_05b, 'shared-everything-threads', 'byte index'],
  [0xfe_05c, 0xfe_066, 'shared-everything-threads', 'byte index index'],
  [0xfe_067, 0xfe_071, 'shared-everything-threads', 'byte index'],
  [0xfe_072, 0xfe_072, 'shared-everything-threads', ''],
]

/** @param sub the sub-opcode, for prefix bytes; undefined for others */
export function foreignOp(byte: number, sub: number | undefined): ForeignOp | undefined {
  const opcode = sub === undefined ? byte : sub > 0xfff ? -1 : (byte << 12) | sub
  const range = RANGES.find(([first, last]) => first <= opcode && opcode <= last)
  return range && { feature: range[2], immediates: range[3].split(' ').filter((kind) => kind !== '') }
}

/** Steps over the immediates of a foreign instruction. */
export function skipImmediates(reader: Reader, { immediates }: ForeignOp, use: Use): void {
  for (const kind of immediates) {
    if (kind === 'byte') reader.byte()
    else if (kind === 'heaptype') readHeapType(reader, use)
    else if (kind === 'handlers') skipHandlers(reader)
    else reader.u32()
  }
}

/** The clauses of `resume`: a tag, and where one of the first kind goes. */
function skipHandlers(reader: Reader): void {
  for (let left = reader.u32(); left > 0; left--) {
    const kind = reader.byte()
    reader.u32()
    if (kind === 0) reader.u32()
  }
}
