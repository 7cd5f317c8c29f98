import type { Row } from './row.ts'

/** Parametric and variable instructions. */
export const variable = {
  'drop': [0x1a, '*', 'pure'],
  'select': [0x1b, '*', 'pure'],
  'local.get': [0x20, '*', 'read', 'local'],
  'local.set': [0x21, '*', 'write', 'local'],
  'local.tee': [0x22, '*', 'write', 'local'],
  'global.get': [0x23, '*', 'read', 'global'],
  'global.set': [0x24, '*', 'write', 'global'],
} as const satisfies Record<string, Row>

/** Reference types. */
export const reference = {
  'select t': [0x1c, '*', 'pure', 'types'],
  'table.get': [0x25, '*', 'read', 'table'],
  'table.set': [0x26, '*', 'write', 'table'],
  'ref.null': [0xd0, '*', 'pure', 'heaptype'],
  'ref.is_null': [0xd1, '*', 'pure'],
  'ref.func': [0xd2, '*', 'pure', 'func'],
  'table.grow': [0xfc_00f, '*', 'write', 'table'],
  'table.size': [0xfc_010, ' -> addr', 'read', 'table'],
  'table.fill': [0xfc_011, '*', 'write', 'table'],
} as const satisfies Record<string, Row>
