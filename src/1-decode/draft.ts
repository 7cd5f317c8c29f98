// The module while it is being decoded.

import { NO_HINTS } from '../0-wasm/branch-hints.ts'
import { FeatureUse } from '../0-wasm/feature-use.ts'
import type { Feature } from '../0-wasm/features.ts'
import type { Module } from '../0-wasm/module.ts'
import { NO_NAMES } from '../0-wasm/names.ts'
import type { OpName } from '../0-wasm/ops/index.ts'
import { CodeReader } from './code.ts'
import type { Reader } from './reader.ts'
import type { Use } from './types.ts'

type Writable<T> =
  T extends ReadonlyMap<unknown, unknown>
    ? T
    : T extends readonly (infer E)[]
      ? E[]
      : T extends ReadonlySet<infer E>
        ? Set<E>
        : T

/** A module whose sections are still to come. */
export type Draft = { -readonly [Field in keyof Module]: Writable<Module[Field]> } & {
  /** Notes a feature. */
  readonly use: Use
}

export function newDraft(bytes: Uint8Array, available: ReadonlySet<Feature> | undefined, isSingle: boolean): Draft {
  const features = new FeatureUse(available)
  return {
    bytes,
    types: [],
    funcs: [],
    tables: [],
    memories: [],
    globals: [],
    tags: [],
    imports: [],
    exports: [],
    start: undefined,
    elements: [],
    data: [],
    dataCount: undefined,
    sections: [],
    names: NO_NAMES,
    refs: new Set<number>(),
    branchHints: NO_HINTS,
    isSingle,
    features,
    use: (feature, offset) => features.add(feature, offset),
  }
}

/** Walks a constant expression to find its end, and notes the functions it names. */
export function readConstExpr(reader: Reader, draft: Draft): { start: number; end: number } {
  const start = reader.pos
  const code = new CodeReader(draft, start, reader.end)
  while (!code.done) {
    code.next()
    const { op, index } = code.ins
    if (op.name === 'ref.func') draft.refs.add(index)
    if (EXTENDED.has(op.name) || (op.name === 'global.get' && draft.globals[index]?.import === undefined)) {
      draft.use('extended-const', code.ins.offset)
    }
  }
  reader.pos = code.pos
  return { start, end: reader.pos }
}

/** Operators that constant expressions had not from the start. */
const EXTENDED: ReadonlySet<OpName> = new Set<OpName>([
  'i32.add',
  'i32.sub',
  'i32.mul',
  'i64.add',
  'i64.sub',
  'i64.mul',
])
