// Modules at the limits of the JavaScript API (src/0-wasm/limits.ts), or of as many things as is asked for.

import { MODULE_LIMITS } from '../../src/0-wasm/limits.ts'
import { uleb, utf8 } from '../binary/leb.ts'
import { PREAMBLE } from '../errors/binary.ts'

type Bytes = Uint8Array | readonly number[]

export interface Kind {
  /** How many things a module may have. */
  readonly limit: number
  readonly make: (count: number) => Made
}

interface Made {
  readonly sections: readonly Bytes[]
  /** What the export `f` gives, if there is one. */
  readonly result?: unknown
}

export const IMPORTS = { m: { one: () => 1, two: () => 2, 1: 1, 2: 2 } }

/** The module's bytes, and what its export `f` gives. */
export function moduleOf({ make }: Kind, count: number): { bytes: Uint8Array; result: unknown } {
  const { sections, result } = make(count)
  return { bytes: joined([PREAMBLE, ...sections]), result }
}

function joined(parts: readonly Bytes[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** Bytes that are written one item after the other: there may be ten million. */
function gathered(count: number, item: (index: number) => Bytes): Bytes {
  let bytes = new Uint8Array(1024)
  let length = 0
  for (let i = 0; i < count; i++) {
    const part = item(i)
    if (length + part.length > bytes.length) {
      const more = new Uint8Array(2 * (length + part.length))
      more.set(bytes)
      bytes = more
    }
    bytes.set(part, length)
    length += part.length
  }
  return bytes.subarray(0, length)
}

const section = (id: number, contents: Bytes): Bytes => joined([[id, ...uleb(contents.length)], contents])

const vector = (id: number, count: number, item: (index: number) => Bytes): Bytes =>
  section(id, joined([uleb(count), gathered(count, item)]))

const [TYPE, IMPORT, FUNCTION, TABLE, MEMORY, GLOBAL, EXPORT, ELEMENT, CODE, DATA] = [1, 2, 3, 4, 5, 6, 7, 9, 10, 11]
const [I32, CALL, RETURN_CALL, END] = [0x7f, 0x10, 0x12, 0x0b]

const types = (...all: readonly (readonly [params: number, results: number])[]): Bytes =>
  vector(TYPE, all.length, (i) => [0x60, ...all[i]!.flatMap((count) => [...uleb(count), ...Array(count).fill(I32)])])

/** () -> () and () -> i32 */
const TYPES = types([0, 0], [0, 1])
const [NOTHING, NUMBER] = [0, 1]

const sized = (bytes: Bytes): Bytes => joined([uleb(bytes.length), bytes])
const body = (...code: number[]): Bytes => sized([0, ...code, END])
const exported = (kind: number) => (i: number) => [...utf8(`e${i}`), kind, ...uleb(i)]
const exportedAs = (name: string, index: number): Bytes => section(EXPORT, [1, ...utf8(name), 0, ...uleb(index)])
const constant = (i: number) => [0x41, i & 63, END]
const named = (name: string) => [...utf8('m'), ...utf8(name)]

/** One function () -> i32 of this code, exported as `f`. */
const main = (index: number, ...code: number[]) => ({
  functions: section(FUNCTION, [1, NUMBER]),
  exports: exportedAs('f', index),
  code: section(CODE, joined([[1], body(...code)])),
})

/** One function with this body, exported as `f`; its type is the last one. */
const sole = (params: number, results: number, code: Bytes): Bytes[] => [
  types([params, results]),
  section(FUNCTION, [1, 0]),
  exportedAs('f', 0),
  section(CODE, joined([[1], sized(code)])),
]

const L = MODULE_LIMITS

export const KINDS: Readonly<Record<string, Kind>> = {
  types: { limit: L.types, make: (count) => ({ sections: [vector(TYPE, count, () => [0x60, 1, I32, 1, I32])] }) },
  'types that differ': {
    limit: L.types,
    make: (count) => {
      const params = (i: number) => Array.from({ length: 11 }, (_, place) => 0x7c + ((i >> (2 * place)) & 3))
      return { sections: [vector(TYPE, count, (i) => [0x60, 11, ...params(i), 0])] }
    },
  },
  'imported functions': {
    limit: L.imports,
    make: (count) => {
      const { functions, exports, code } = main(count, CALL, ...uleb(count - 1), CALL, 0, 0x6a)
      const imports = vector(IMPORT, count, (i) => [...named(i < count - 1 ? 'one' : 'two'), 0, NUMBER])
      return { sections: [TYPES, imports, functions, exports, code], result: 3 }
    },
  },
  'imported globals': {
    limit: L.imports,
    make: (count) => {
      const { functions, exports, code } = main(0, 0x23, ...uleb(count - 1), 0x23, 0, 0x6a)
      const imports = vector(IMPORT, count, (i) => [...named(i < count - 1 ? '1' : '2'), 3, I32, 0])
      return { sections: [TYPES, imports, functions, exports, code], result: 3 }
    },
  },
  functions: {
    limit: L.functions,
    make: (count) => {
      const called = (i: number) => (i === 0 ? [CALL, ...uleb(count - 1)] : [0x41, i & 63])
      const code = vector(CODE, count, (i) => body(...called(i)))
      const functions = vector(FUNCTION, count, () => [NUMBER])
      return { sections: [TYPES, functions, exportedAs('f', 0), code], result: (count - 1) & 63 }
    },
  },
  'functions that tail-call': {
    limit: L.functions,
    make: (count) => {
      const next = (i: number) => (i < count - 1 ? [RETURN_CALL, ...uleb(i + 1)] : [0x41, 5])
      const code = vector(CODE, count, (i) => body(...next(i)))
      const functions = vector(FUNCTION, count, () => [NUMBER])
      return { sections: [TYPES, functions, exportedAs('f', 0), code], result: 5 }
    },
  },
  'exported functions': {
    limit: L.exports,
    make: (count) => {
      const functions = vector(FUNCTION, count, () => [NUMBER])
      const code = vector(CODE, count, (i) => body(0x41, i & 63))
      return { sections: [TYPES, functions, vector(EXPORT, count, exported(0)), code] }
    },
  },
  exports: {
    limit: L.exports,
    make: (count) => {
      const exports = vector(EXPORT, count, (i) => [...utf8(`e${i}`), 0, 0])
      return { sections: [TYPES, section(FUNCTION, [1, NOTHING]), exports, section(CODE, [1, 2, 0, END])] }
    },
  },
  globals: {
    limit: L.globals,
    make: (count) => {
      const { functions, exports, code } = main(0, 0x23, 1, 0x24, ...uleb(count - 1), 0x23, ...uleb(count - 1))
      const globals = vector(GLOBAL, count, (i) => [I32, 1, ...constant(i)])
      return { sections: [TYPES, functions, globals, exports, code], result: 1 }
    },
  },
  'exported globals': {
    limit: L.globals,
    make: (count) => {
      const globals = vector(GLOBAL, count, (i) => [I32, i & 1, ...constant(i)])
      return { sections: [globals, vector(EXPORT, count, exported(3))] }
    },
  },
  'data segments': {
    limit: L.dataSegments,
    make: (count) => {
      const { functions, exports, code } = main(0, 0x41, 0, 0x2d, 0, 0)
      const data = vector(DATA, count, (i) => [0, ...constant(0), 1, i & 63])
      const memory = section(MEMORY, [1, 0, 1])
      return { sections: [TYPES, functions, memory, exports, code, data], result: (count - 1) & 63 }
    },
  },
  'passive data segments': {
    limit: L.dataSegments,
    make: (count) => {
      const init = [0x41, 0, 0x41, 0, 0x41, 1, 0xfc, 8, ...uleb(count - 1), 0, 0x41, 0, 0x2d, 0, 0]
      const { functions, exports, code } = main(0, ...init)
      const data = vector(DATA, count, (i) => [1, 1, i & 63])
      const sections = [TYPES, functions, section(MEMORY, [1, 0, 1]), exports, section(12, uleb(count)), code, data]
      return { sections, result: (count - 1) & 63 }
    },
  },
  'element segments': {
    limit: L.elementSegments,
    make: (count) => {
      const { functions, exports, code } = main(0, 0x41, 0, 0x25, 0, 0xd1)
      const elements = vector(ELEMENT, count, () => [0, ...constant(0), 0])
      return { sections: [TYPES, functions, section(TABLE, [1, 0x70, 0, 1]), exports, elements, code], result: 1 }
    },
  },
  'element segments of a function': {
    limit: 1_000_000,
    make: (count) => {
      const { functions, exports, code } = main(0, 0x41, 0, 0x25, 0, 0xd1)
      const elements = vector(ELEMENT, count, () => [0, ...constant(0), 1, 0])
      return { sections: [TYPES, functions, section(TABLE, [1, 0x70, 0, 1]), exports, elements, code], result: 0 }
    },
  },
  'elements of a segment': {
    limit: L.elementsPerSegment,
    make: (count) => {
      const { functions, exports, code } = main(0, 0x41, 0, 0x25, 0, 0xd1)
      const elements = section(ELEMENT, joined([[1, 0, ...constant(0)], uleb(count), new Uint8Array(count)]))
      const table = section(TABLE, [1, 0x70, 0, ...uleb(count)])
      return { sections: [TYPES, functions, table, exports, elements, code], result: 0 }
    },
  },
  'exported tables': {
    limit: L.tables,
    make: (count) => {
      return { sections: [vector(TABLE, count, () => [0x70, 0, 1]), vector(EXPORT, count, exported(1))] }
    },
  },
  'exported memories': {
    limit: L.memories,
    make: (count) => ({ sections: [vector(MEMORY, count, () => [0, 1]), vector(EXPORT, count, exported(2))] }),
  },
  'parameters and results': {
    limit: L.params,
    make: (count) => {
      const code = gathered(count, (i) => [0x20, ...uleb(count - 1 - i)])
      const calling = joined([[0], gathered(count, (i) => [0x41, i & 63]), [CALL, 1, END]])
      const sections = [
        types([0, count], [count, count]),
        section(FUNCTION, [2, 0, 1]),
        exportedAs('f', 0),
        section(CODE, joined([[2], sized(calling), sized(joined([[0], code, [END]]))])),
      ]
      return { sections, result: Array.from({ length: count }, (_, i) => (count - 1 - i) & 63) }
    },
  },
  locals: {
    limit: L.locals,
    make: (count) => {
      const last = uleb(count - 1)
      return { sections: sole(0, 1, [1, ...uleb(count), I32, 0x41, 7, 0x21, ...last, 0x20, ...last, END]), result: 7 }
    },
  },
  'bytes of a function': {
    limit: L.functionSize,
    make: (count) => ({ sections: sole(0, 0, joined([[0], new Uint8Array(count - 2).fill(1), [END]])) }),
  },
  'bytes of a function that computes': {
    limit: L.functionSize,
    make: (count) => {
      const rounds = Math.floor((count - 8) / 7)
      const code = gathered(rounds, () => [0x20, 0, 0x41, 3, 0x6a, 0x21, 0])
      return { sections: sole(0, 1, joined([[1, 1, I32], code, [0x20, 0, END]])), result: (3 * rounds) | 0 }
    },
  },
  'branch targets': {
    limit: L.branchTargets,
    make: (count) => {
      const table = joined([[0x0e], uleb(count), gathered(count, (i) => [i % 3]), [2]])
      const open = [0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x20, 0]
      const arms = [END, 0x41, 1, 0x0f, END, 0x41, 2, 0x0f, END, 0x41, 3, END]
      return { sections: sole(1, 1, joined([[0], open, table, arms])), result: 1 }
    },
  },
}
