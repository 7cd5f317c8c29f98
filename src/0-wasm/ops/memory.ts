import type { Row } from './row.ts'

/** Memory instructions of the MVP. */
export const memory = {
  'i32.load': [0x28, 'addr -> i32', 'read', 'memarg/4'],
  'i64.load': [0x29, 'addr -> i64', 'read', 'memarg/8'],
  'f32.load': [0x2a, 'addr -> f32', 'read', 'memarg/4'],
  'f64.load': [0x2b, 'addr -> f64', 'read', 'memarg/8'],
  'i32.load8_s': [0x2c, 'addr -> i32', 'read', 'memarg/1'],
  'i32.load8_u': [0x2d, 'addr -> i32', 'read', 'memarg/1'],
  'i32.load16_s': [0x2e, 'addr -> i32', 'read', 'memarg/2'],
  'i32.load16_u': [0x2f, 'addr -> i32', 'read', 'memarg/2'],
  'i64.load8_s': [0x30, 'addr -> i64', 'read', 'memarg/1'],
  'i64.load8_u': [0x31, 'addr -> i64', 'read', 'memarg/1'],
  'i64.load16_s': [0x32, 'addr -> i64', 'read', 'memarg/2'],
  'i64.load16_u': [0x33, 'addr -> i64', 'read', 'memarg/2'],
  'i64.load32_s': [0x34, 'addr -> i64', 'read', 'memarg/4'],
  'i64.load32_u': [0x35, 'addr -> i64', 'read', 'memarg/4'],
  'i32.store': [0x36, 'addr i32 -> ', 'write', 'memarg/4'],
  'i64.store': [0x37, 'addr i64 -> ', 'write', 'memarg/8'],
  'f32.store': [0x38, 'addr f32 -> ', 'write', 'memarg/4'],
  'f64.store': [0x39, 'addr f64 -> ', 'write', 'memarg/8'],
  'i32.store8': [0x3a, 'addr i32 -> ', 'write', 'memarg/1'],
  'i32.store16': [0x3b, 'addr i32 -> ', 'write', 'memarg/2'],
  'i64.store8': [0x3c, 'addr i64 -> ', 'write', 'memarg/1'],
  'i64.store16': [0x3d, 'addr i64 -> ', 'write', 'memarg/2'],
  'i64.store32': [0x3e, 'addr i64 -> ', 'write', 'memarg/4'],
  'memory.size': [0x3f, ' -> addr', 'read', 'memory'],
  'memory.grow': [0x40, 'addr -> addr', 'write', 'memory'],
} as const satisfies Record<string, Row>

/** Bulk memory. `memory.copy` and `table.copy` name two memories or tables, each with its own address type. */
export const bulkMemory = {
  'memory.init': [0xfc_008, 'addr i32 i32 -> ', 'write', 'data memory'],
  'data.drop': [0xfc_009, ' -> ', 'write', 'data'],
  'memory.copy': [0xfc_00a, '*', 'write', 'memory memory'],
  'memory.fill': [0xfc_00b, 'addr i32 addr -> ', 'write', 'memory'],
  'table.init': [0xfc_00c, 'addr i32 i32 -> ', 'write', 'elem table'],
  'elem.drop': [0xfc_00d, ' -> ', 'write', 'elem'],
  'table.copy': [0xfc_00e, '*', 'write', 'table table'],
} as const satisfies Record<string, Row>
