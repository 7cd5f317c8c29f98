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
