// One faulty module, one message.

import { describe, expect, test } from 'vitest'
import { CompileError } from '../../src/0-wasm/errors.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { validate } from '../../src/2-validate/index.ts'
import { uleb } from '../binary/leb.ts'
import { binary, PREAMBLE, section, withBody } from './binary.ts'

function messageOf(bytes: Uint8Array): string {
  try {
    validate(decode(bytes))
  } catch (error) {
    if (error instanceof CompileError) return error.message
    throw error
  }
  return 'valid'
}

const EMPTY_TYPE = section(1, 1, 0x60, 0, 0)
const MEMORY = section(5, 1, 0, 1)
const TABLE = section(4, 1, 0x70, 0, 1)
const bytes = (...list: number[]): Uint8Array => Uint8Array.from(list)

const NOT_WASM: [string, Uint8Array, string][] = [
  ['empty file', bytes(), 'malformed: unexpected end of the module: it has 0 bytes (at 0x0)'],
  ['only the magic', bytes(0, 0x61, 0x73, 0x6d), 'malformed: unexpected end of the module: it has 4 bytes (at 0x4)'],
  [
    'a text',
    new TextEncoder().encode('(module)'),
    'malformed: magic header not detected: this is the text format; assemble it first, with wat2wasm or wasm-tools parse (at 0x0)',
  ],
  [
    'a short text',
    new TextEncoder().encode('hi'),
    'malformed: magic header not detected: this is not a WebAssembly binary (at 0x0)',
  ],
  ['version 2', bytes(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0), 'malformed: unknown binary version 2 (at 0x4)'],
  [
    'a component',
    bytes(0, 0x61, 0x73, 0x6d, 13, 0, 1, 0),
    'malformed: this is a component, not a core module; compile the core modules inside it (at 0x4)',
  ],
]

const SECTIONS: [string, Uint8Array, string][] = [
  ['unknown section', binary([14, 0]), 'malformed: malformed section id 14 (at 0x8)'],
  [
    'cut in a section',
    bytes(...PREAMBLE, 10, 100, 1),
    'malformed: unexpected end: the code section needs 100 bytes, the module has 1 left (at 0x8)',
  ],
  ['cut in a size', bytes(...PREAMBLE, 1, 0x80), 'malformed: unexpected end of the module (at 0xa)'],
  ['section ends early', binary(section(1, 2, 0x60, 0, 0)), 'malformed: unexpected end of the type section (at 0xe)'],
  [
    'section goes on',
    binary(section(1, 1, 0x60, 0, 0, 9, 9)),
    'malformed: section size mismatch: 2 bytes left over in the type section (at 0xe)',
  ],
  [
    'order',
    binary(MEMORY, EMPTY_TYPE),
    'malformed: unexpected content after last section: the type section is out of order (at 0xd)',
  ],
  [
    'twice',
    binary(MEMORY, MEMORY),
    'malformed: unexpected content after last section: the memory section is out of order (at 0xd)',
  ],
  [
    'long integer',
    binary(section(1, 0x80, 0x80, 0x80, 0x80, 0x80, 0)),
    'malformed: integer representation too long (at 0xe)',
  ],
  ['large integer', binary(section(1, 0x80, 0x80, 0x80, 0x80, 0x10)), 'malformed: integer too large (at 0xe)'],
  ['UTF-8', binary(section(0, 1, 0x80)), 'malformed: malformed UTF-8 encoding (at 0xb)'],
  ['type', binary(section(1, 1, 0x40)), 'malformed: malformed type 0x40 (at 0xb)'],
  ['value type', binary(section(1, 1, 0x60, 1, 0x40, 0)), 'malformed: malformed value type 0x40 (at 0xd)'],
  ['import kind', binary(section(2, 1, 0, 0, 5)), 'malformed: malformed import kind 0x05 (at 0xd)'],
  [
    'mutability',
    binary(section(6, 1, 0x7f, 2, 0x41, 0, 0x0b)),
    'malformed: malformed mutability 0x02 (shared-everything-threads is not supported) (at 0xc)',
  ],
  ['limits', binary(section(5, 1, 16, 1)), 'malformed: malformed limits flags 0x10 (at 0xb)'],
  ['limits of a table', binary(section(4, 1, 0x70, 8, 1)), 'malformed: malformed limits flags 0x08 (at 0xc)'],
  [
    'bodies missing',
    binary(EMPTY_TYPE, section(3, 1, 0)),
    'malformed: function and code section have inconsistent lengths: no bodies (at 0x12)',
  ],
  [
    'a body too many',
    binary(EMPTY_TYPE, section(3, 1, 0), section(10, 2, 2, 0, 0x0b, 2, 0, 0x0b)),
    'malformed: function and code section have inconsistent lengths: 1 functions, 2 bodies (at 0x15)',
  ],
  [
    'data count',
    binary(section(12, 2), section(11, 1, 1, 0)),
    'malformed: data count and data section have inconsistent lengths: 2 counted, 1 segments (at 0x10)',
  ],
  [
    'body longer than section',
    binary(EMPTY_TYPE, section(3, 1, 0), section(10, 1, 9, 0)),
    'malformed: unexpected end of the code section: 9 bytes expected, 1 left (at 0x16)',
  ],
]

const MODULE: [string, Uint8Array, string][] = [
  [
    'type of a function',
    binary(section(3, 1, 3), section(10, 1, 2, 0, 0x0b)),
    'invalid: unknown type 3, of function 0 (at 0xa)',
  ],
  [
    'memory size',
    binary(section(5, 1, 0, ...uleb(65537))),
    'invalid: memory size must be at most 65536 pages (4GiB) (at 0xa)',
  ],
  [
    'memory limits',
    binary(section(5, 1, 1, 2, 1)),
    'invalid: size minimum must not be greater than maximum: 2 > 1 (at 0xa)',
  ],
  [
    'table size',
    binary(section(4, 1, 0x70, 0, ...uleb(2n ** 32n))),
    'invalid: table size must be at most 2^32-1 (at 0xa)',
  ],
  ['export', binary(section(7, 1, 1, 0x66, 0, 7)), 'invalid: unknown function 7, exported as "f" (at 0xa)'],
  [
    'export twice',
    binary(MEMORY, section(7, 2, 1, 0x6d, 2, 0, 1, 0x6d, 2, 0)),
    'invalid: duplicate export name "m" (at 0xf)',
  ],
  ['start', binary(section(8, 1)), 'invalid: unknown function 1, the start function (at 0xa)'],
  [
    'start type',
    binary(section(1, 1, 0x60, 1, 0x7f, 0), section(2, 1, 0, 0, 0, 0), section(8, 0)),
    'invalid: start function must have type [] -> [], it has [i32] -> [] (at 0x18)',
  ],
  [
    'elements into nowhere',
    binary(section(9, 1, 0, 0x41, 0, 0x0b, 0)),
    'invalid: unknown table 0, of element segment 0 (at 0xa)',
  ],
  [
    'elements of another type',
    binary(TABLE, section(9, 1, 6, 0, 0x41, 0, 0x0b, 0x6f, 0)),
    'invalid: type mismatch: element segment 0 puts externref into a table of funcref (at 0x10)',
  ],
  [
    'element',
    binary(TABLE, section(9, 1, 0, 0x41, 0, 0x0b, 1, 5)),
    'invalid: unknown function 5, in element segment 0 (at 0x10)',
  ],
  [
    'data into nowhere',
    binary(section(11, 1, 0, 0x41, 0, 0x0b, 0)),
    'invalid: unknown memory 0, of data segment 0 (at 0xa)',
  ],
  [
    'offset type',
    binary(MEMORY, section(11, 1, 0, 0x42, 0, 0x0b, 0)),
    'invalid: type mismatch: end expects i32, found i64 (at 0x13)',
  ],
  [
    'constant',
    binary(section(6, 1, 0x7f, 0, 0x41, 0, 0x45, 0x0b)),
    'invalid: constant expression required: i32.eqz is not constant (at 0xf)',
  ],
  ['own global', binary(section(6, 1, 0x7f, 0, 0x23, 0, 0x0b)), 'invalid: unknown global 0 (at 0xd)'],
  [
    'mutable global',
    binary(section(6, 2, 0x7f, 1, 0x41, 0, 0x0b, 0x7f, 0, 0x23, 0, 0x0b)),
    'invalid: constant expression required: global.get is not constant here (at 0x12)',
  ],
]

const I32_RESULT = [0x60, 0, 1, 0x7f]

const CODE: [string, Uint8Array, string][] = [
  [
    'operand',
    withBody([0x41, 0, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x6a, 0x1a]),
    'invalid: type mismatch: i32.add expects i32, found f64 (func 0 "add", at 0x22)',
  ],
  [
    'no operand',
    withBody([0x45, 0x1a]),
    'invalid: type mismatch: i32.eqz expects i32, found nothing (func 0 "add", at 0x17)',
  ],
  [
    'no result',
    withBody([], I32_RESULT),
    'invalid: type mismatch: end expects i32, found nothing (func 0 "add", at 0x18)',
  ],
  [
    'left over',
    withBody([0x41, 0, 0x42, 0]),
    'invalid: type mismatch: values remaining on stack at end of block: [i32 i64] (func 0 "add", at 0x1b)',
  ],
  [
    'one-armed if',
    withBody([0x41, 0, 4, 0x7f, 0x41, 0, 0x0b, 0x1a]),
    'invalid: type mismatch: if without else must have results like its parameters (func 0 "add", at 0x1d)',
  ],
  [
    'else without if',
    withBody([2, 0x40, 5, 0x0b]),
    'malformed: END opcode expected: else without if (func 0 "add", at 0x19)',
  ],
  ['label', withBody([0x0c, 1]), 'invalid: unknown label 1 (func 0 "add", at 0x17)'],
  [
    'br_table arity',
    withBody([2, 0x7f, 0x41, 0, 0x41, 0, 0x0e, 1, 0, 1, 0x0b, 0x1a]),
    'invalid: type mismatch: br_table has labels with different numbers of values: 1 and 0 (func 0 "add", at 0x1d)',
  ],
  ['local', withBody([0x20, 3, 0x1a]), 'invalid: unknown local 3 (func 0 "add", at 0x17)'],
  ['function', withBody([0x10, 9]), 'invalid: unknown function 9 (func 0 "add", at 0x17)'],
  [
    'data segment',
    withBody([0xfc, 9, 0], undefined, [section(12, 0)]),
    'invalid: unknown data segment 0 (func 0 "add", at 0x1a)',
  ],
  ['no data count', withBody([0xfc, 9, 0]), 'malformed: data count section required (func 0 "add", at 0x17)'],
  [
    'undeclared function',
    withBody([0xd2, 0, 0x1a]),
    'invalid: undeclared function reference 0 (func 0 "add", at 0x17)',
  ],
  ['memory', withBody([0x41, 0, 0x28, 0, 0, 0x1a]), 'invalid: unknown memory 0 (func 0 "add", at 0x19)'],
  [
    'alignment',
    withBody([0x41, 0, 0x2d, 1, 0, 0x1a], undefined, [MEMORY]),
    'invalid: alignment must not be larger than natural: i32.load8_u has 2, natural is 1 (func 0 "add", at 0x1e)',
  ],
  [
    'offset',
    withBody([0x41, 0, 0x28, 2, ...uleb(2n ** 32n), 0x1a], undefined, [MEMORY]),
    'invalid: offset out of range (func 0 "add", at 0x1e)',
  ],
  [
    'global',
    withBody([0x41, 0, 0x24, 0], undefined, [section(6, 1, 0x7f, 0, 0x41, 0, 0x0b)]),
    'invalid: immutable global 0 (func 0 "add", at 0x21)',
  ],
  [
    'select',
    withBody([0xd0, 0x70, 0xd0, 0x70, 0x41, 0, 0x1b, 0x1a]),
    'invalid: type mismatch: select without a type expects numbers or vectors, found funcref (func 0 "add", at 0x1d)',
  ],
  [
    'table.init',
    withBody([0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 12, 0, 0], undefined, [TABLE, section(9, 1, 5, 0x6f, 0)]),
    'invalid: type mismatch: table.init expects a segment of funcref, found one of externref (func 0 "add", at 0x29)',
  ],
  [
    'tail call to nowhere',
    withBody([0x41, 0, 0x12, 1, 0x0b], I32_RESULT),
    'invalid: unknown function 1 (func 0 "add", at 0x1a)',
  ],
  ['opcode', withBody([0x27]), 'malformed: illegal opcode 27 (func 0 "add", at 0x17)'],
  ['prefixed opcode', withBody([0xfc, 0x7f]), 'malformed: illegal opcode fc 7f (func 0 "add", at 0x17)'],
  [
    'code after end',
    withBody([0x0b]),
    'malformed: section size mismatch: code after the final end (func 0 "add", at 0x18)',
  ],
  ['cut code', withBody([2, 0x40]), 'malformed: unexpected end of section or function (func 0 "add", at 0x1a)'],
]

const BUILD = 'not supported yet, so build without it'

const UNSUPPORTED: [string, Uint8Array, string][] = [
  [
    'a feature that is off, and one that is missing',
    binary(section(1, 1, 0x65, 0x5f, 0), section(2, 1, 1, 0x61, 0, 0x7f, 1, 1, 0x62, 2, 1, 1, 1)),
    'unsupported: compact-import-section, shared-everything-threads; shared-everything-threads not supported yet, so build without it; compact-import-section switched off: allow with --features compact-import-section, or option features of the API (at 0xb)',
  ],
  [
    'a continuation type',
    binary(section(1, 2, 0x60, 0, 0, 0x5d, 0)),
    `unsupported: stack-switching; ${BUILD} (at 0xe)`,
  ],
  [
    'an instruction that is only recognised, and what follows it',
    withBody([0xe0, 0, 0x1a, 0x06, 0x40, 0x0b]),
    `unsupported: stack-switching; ${BUILD} (func 0 "add", at 0x17)`,
  ],
  ['a shared type', binary(section(1, 1, 0x65, 0x5f, 0)), `unsupported: shared-everything-threads; ${BUILD} (at 0xb)`],
]

describe.each([
  ['what is no module', NOT_WASM],
  ['sections', SECTIONS],
  ['modules', MODULE],
  ['code', CODE],
  ['features the compiler lacks', UNSUPPORTED],
] as const)('%s', (_, cases) => {
  test.each(cases as [string, Uint8Array, string][])('%s', (_name, module, message) => {
    expect(messageOf(module)).toBe(message)
  })
})

test('an exported function is named by its export where there is no name section', () => {
  const body = [0, 0x45, 0x1a, 0x0b]
  const exported = section(7, 1, 3, 0x72, 0x75, 0x6e, 0, 0)
  const module = binary(EMPTY_TYPE, section(3, 1, 0), exported, section(10, 1, body.length, ...body))
  expect(messageOf(module)).toBe('invalid: type mismatch: i32.eqz expects i32, found nothing (func 0 "run", at 0x20)')
})
