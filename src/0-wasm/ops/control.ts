import type { Row } from './row.ts'

/** Control instructions of the MVP. */
export const control = {
  'unreachable': [0x00, '*', 'control'],
  'nop': [0x01, ' -> ', 'pure'],
  'block': [0x02, '*', 'control', 'block'],
  'loop': [0x03, '*', 'control', 'block'],
  'if': [0x04, '*', 'control', 'block'],
  'else': [0x05, '*', 'control'],
  'end': [0x0b, '*', 'control'],
  'br': [0x0c, '*', 'control', 'label'],
  'br_if': [0x0d, '*', 'control', 'label'],
  'br_table': [0x0e, '*', 'control', 'labels'],
  'return': [0x0f, '*', 'control'],
  'call': [0x10, '*', 'control', 'func'],
  'call_indirect': [0x11, '*', 'control', 'type table'],
} as const satisfies Record<string, Row>

/** Tail calls. */
export const tailCall = {
  'return_call': [0x12, '*', 'control', 'func'],
  'return_call_indirect': [0x13, '*', 'control', 'type table'],
} as const satisfies Record<string, Row>

/** Exceptions. */
export const exceptions = {
  'throw': [0x08, '*', 'control', 'tag'],
  'throw_ref': [0x0a, '*', 'control'],
  'try_table': [0x1f, '*', 'control', 'block catches'],
} as const satisfies Record<string, Row>

/** Exceptions as they were before `try_table`. `delegate` ends its `try`, as `end` does. */
export const legacyExceptions = {
  'try': [0x06, '*', 'control', 'block'],
  'catch': [0x07, '*', 'control', 'tag'],
  'rethrow': [0x09, '*', 'control', 'label'],
  'delegate': [0x18, '*', 'control', 'label'],
  'catch_all': [0x19, '*', 'control'],
} as const satisfies Record<string, Row>
