// The element section (spec, "Binary Format / Modules / Element Section"): eight forms, told apart by three bits.

import { MODULE_LIMITS } from '../0-wasm/limits.ts'
import type { ElementSegment, SegmentMode } from '../0-wasm/module.ts'
import { FUNCREF, type RefType } from '../0-wasm/types.ts'
import { readCount } from './count.ts'
import { type Draft, readConstExpr } from './draft.ts'
import type { Reader } from './reader.ts'
import { readRefType } from './types.ts'

/** The segment is not active. */
const NOT_ACTIVE = 1
/** Active: a table index follows. Otherwise: declarative, not passive. */
const EXPLICIT = 2
/** Elements are expressions, not function indices. */
const EXPRESSIONS = 4

/** What function indices give; they are never null. */
const REF_FUNC: RefType = { nullable: false, heap: 'func' }

export function readElementSection(reader: Reader, draft: Draft): void {
  for (let left = readCount(reader, 'element segments', MODULE_LIMITS.elementSegments); left > 0; left--) {
    draft.elements.push(readSegment(reader, draft))
  }
}

function readSegment(reader: Reader, draft: Draft): ElementSegment {
  const offset = reader.pos
  const flags = reader.u32()
  if (flags > (NOT_ACTIVE | EXPLICIT | EXPRESSIONS)) throw reader.fail('malformed elements segment kind', offset)
  if (flags !== 0) draft.use('bulk-memory', offset)
  const mode = readMode(reader, draft, flags)
  const type = readType(reader, draft, flags)
  const items = flags & EXPRESSIONS ? { exprs: readExprs(reader, draft) } : { funcs: readFuncs(reader, draft) }
  return { type, mode, items }
}

function readMode(reader: Reader, draft: Draft, flags: number): SegmentMode {
  if (flags & NOT_ACTIVE) return { kind: flags & EXPLICIT ? 'declarative' : 'passive' }
  const index = flags & EXPLICIT ? reader.u32() : 0
  return { kind: 'active', index, offset: readConstExpr(reader, draft) }
}

/** The forms of the MVP have no type: an active segment without table index. */
function readType(reader: Reader, draft: Draft, flags: number): RefType {
  const expressions = (flags & EXPRESSIONS) !== 0
  if ((flags & (NOT_ACTIVE | EXPLICIT)) === 0) return expressions ? FUNCREF : REF_FUNC
  if (expressions) return readRefType(reader, draft.use)
  if (reader.byte() !== 0) throw reader.fail('malformed element kind', reader.pos - 1)
  return REF_FUNC
}

function readExprs(reader: Reader, draft: Draft) {
  const exprs: { start: number; end: number }[] = []
  for (let left = readCount(reader, 'elements', MODULE_LIMITS.elementsPerSegment); left > 0; left--) {
    exprs.push(readConstExpr(reader, draft))
  }
  return exprs
}

function readFuncs(reader: Reader, draft: Draft): number[] {
  const funcs: number[] = []
  for (let left = readCount(reader, 'elements', MODULE_LIMITS.elementsPerSegment); left > 0; left--) {
    const index = reader.u32()
    draft.refs.add(index)
    funcs.push(index)
  }
  return funcs
}
