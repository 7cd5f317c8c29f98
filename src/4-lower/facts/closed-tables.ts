// Tables that nobody changes: what is in them is known, and so is what a call through them may call.

import type { ConstExpr, ElementSegment, Module } from '../../0-wasm/module.ts'
import { CodeReader } from '../../1-decode/code.ts'
import { sharedOf } from './outside.ts'

/** Function indices by index; what is not there is null, or out of bounds. */
export type Contents = ReadonlyMap<number, number>

/** More elements than this are not looked at: a module may put the same segment into a table again and again. */
const MAX_ELEMENTS = 100_000

/**
 * @param written the tables that instructions write to
 * @returns for each table its contents; undefined if other modules, JavaScript or instructions may change it
 */
export function closedTables(module: Module, written: ReadonlySet<number>): readonly (Contents | undefined)[] {
  // What stands in an imported table stays there if a later segment traps: then others are called with tables half filled.
  if (module.imports.some(({ kind }) => kind === 'table')) return module.tables.map(() => undefined)
  const shared = sharedOf(module, 'table')
  const tables = module.tables.map(({ init }, index) =>
    shared.has(index) || written.has(index) || init !== undefined ? undefined : new Map<number, number>(),
  )
  let left = MAX_ELEMENTS
  for (const segment of module.elements) {
    if (segment.mode.kind !== 'active') continue
    const { index } = segment.mode
    left -= 'funcs' in segment.items ? segment.items.funcs.length : 0
    if (left < 0 || !fill(module, segment, segment.mode.offset, tables[index])) tables[index] = undefined
  }
  return tables
}

/** @returns whether it is known what the segment puts where */
function fill(module: Module, { items }: ElementSegment, offset: ConstExpr, table: Map<number, number> | undefined) {
  const start = constantOf(module, offset)
  if (table === undefined || start === undefined || !('funcs' in items)) return false
  for (const [i, func] of items.funcs.entries()) table.set(start + i, func)
  return true
}

/** The value of a constant expression that is one constant, unsigned. */
function constantOf(module: Module, { start, end }: ConstExpr): number | undefined {
  const reader = new CodeReader(module, start, end)
  reader.next()
  if (reader.ins.op.name !== 'i32.const') return undefined
  const value = reader.ins.lo >>> 0
  reader.next()
  return reader.done ? value : undefined
}
