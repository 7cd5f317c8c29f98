import type { Row } from './row.ts'

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

/** Typed function references. */
export const functionReferences = {
  'call_ref': [0x14, '*', 'control', 'type'],
  'return_call_ref': [0x15, '*', 'control', 'type'],
  'ref.as_non_null': [0xd4, '*', 'trap'],
  'br_on_null': [0xd5, '*', 'control', 'label'],
  'br_on_non_null': [0xd6, '*', 'control', 'label'],
} as const satisfies Record<string, Row>

/**
 * Garbage-collected types. What is made is new each time, though nothing else happens when it is made. Instructions with and
 * without `null` differ in whether the type they name is nullable.
 */
export const gc = {
  'ref.eq': [0xd3, '*', 'pure'],
  'struct.new': [0xfb_000, '*', 'pure', 'type'],
  'struct.new_default': [0xfb_001, '*', 'pure', 'type'],
  'struct.get': [0xfb_002, '*', 'read', 'type field'],
  'struct.get_s': [0xfb_003, '*', 'read', 'type field'],
  'struct.get_u': [0xfb_004, '*', 'read', 'type field'],
  'struct.set': [0xfb_005, '*', 'write', 'type field'],
  'array.new': [0xfb_006, '*', 'trap', 'type'],
  'array.new_default': [0xfb_007, '*', 'trap', 'type'],
  'array.new_fixed': [0xfb_008, '*', 'pure', 'type count'],
  'array.new_data': [0xfb_009, '*', 'read', 'type data'],
  'array.new_elem': [0xfb_00a, '*', 'read', 'type elem'],
  'array.get': [0xfb_00b, '*', 'read', 'type'],
  'array.get_s': [0xfb_00c, '*', 'read', 'type'],
  'array.get_u': [0xfb_00d, '*', 'read', 'type'],
  'array.set': [0xfb_00e, '*', 'write', 'type'],
  'array.len': [0xfb_00f, '*', 'trap'],
  'array.fill': [0xfb_010, '*', 'write', 'type'],
  'array.copy': [0xfb_011, '*', 'write', 'type type'],
  'array.init_data': [0xfb_012, '*', 'write', 'type data'],
  'array.init_elem': [0xfb_013, '*', 'write', 'type elem'],
  'ref.test': [0xfb_014, '*', 'pure', 'heaptype'],
  'ref.test null': [0xfb_015, '*', 'pure', 'heaptype'],
  'ref.cast': [0xfb_016, '*', 'trap', 'heaptype'],
  'ref.cast null': [0xfb_017, '*', 'trap', 'heaptype'],
  'br_on_cast': [0xfb_018, '*', 'control', 'cast'],
  'br_on_cast_fail': [0xfb_019, '*', 'control', 'cast'],
  'any.convert_extern': [0xfb_01a, '*', 'pure'],
  'extern.convert_any': [0xfb_01b, '*', 'pure'],
  'ref.i31': [0xfb_01c, '*', 'pure'],
  'i31.get_s': [0xfb_01d, '*', 'trap'],
  'i31.get_u': [0xfb_01e, '*', 'trap'],
} as const satisfies Record<string, Row>
