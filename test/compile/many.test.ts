// Modules of very many things, on the default stack, which has no room for so many variables. The JavaScript API's limit is
// a million of each:
//
//     NOWASM_MANY=1000000 npx vitest run test/compile/many.test.ts      tries all kinds of things

import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { uleb, utf8 } from '../binary/leb.ts'
import { PREAMBLE } from '../errors/binary.ts'

const GIVEN = process.env['NOWASM_MANY']
const MANY = Number(GIVEN ?? 130_000)

type Bytes = Uint8Array | readonly number[]

function joined(parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

const section = (id: number, contents: Bytes): Bytes => joined([[id, ...uleb(contents.length)], contents])

const vector = (count: number, item: (index: number) => readonly number[]): Bytes =>
  joined([uleb(count), ...Array.from({ length: count }, (_, i) => item(i))])

const [IMPORT, FUNCTION, TABLE, GLOBAL, EXPORT, ELEMENT, CODE, DATA] = [2, 3, 4, 6, 7, 9, 10, 11]
const TYPES = section(
  1,
  vector(2, (i) => [0x60, 0, ...[[0], [1, 0x7f]][i]!]),
)
const sized = (bytes: readonly number[]): number[] => [...uleb(bytes.length), ...bytes]
const last = MANY - 1
const exported = (kind: number) => (i: number) => [...utf8(`e${i}`), kind, ...uleb(i)]
const constant = (i: number) => [0x41, i & 63, 0x0b]
/** One function [] -> [i32] with this code, exported as `f`. */
const main = (index: number, code: readonly number[]) => ({
  functions: section(FUNCTION, [1, 1]),
  exports: section(EXPORT, [1, ...utf8('f'), 0, ...uleb(index)]),
  code: section(CODE, [1, ...sized([0, ...code, 0x0b])]),
})

/** Sections, and what `f` gives, if there is one. */
const MODULES: Record<string, () => { sections: Bytes[]; result?: number }> = {
  types: () => ({
    sections: [
      section(
        1,
        vector(MANY, () => [0x60, 1, 0x7f, 1, 0x7f]),
      ),
    ],
  }),
  'imported functions': () => {
    const { functions, exports, code } = main(MANY, [0x10, ...uleb(last), 0x10, 0, 0x6a])
    const imports = section(
      IMPORT,
      vector(MANY, (i) => [...utf8('m'), ...utf8(i < last ? 'one' : 'two'), 0, 1]),
    )
    return { sections: [TYPES, imports, functions, exports, code], result: 3 }
  },
  'imported globals': () => {
    const { functions, exports, code } = main(0, [0x23, ...uleb(last), 0x23, 0, 0x6a])
    const imports = section(
      IMPORT,
      vector(MANY, (i) => [...utf8('m'), ...utf8(i < last ? '1' : '2'), 3, 0x7f, 0]),
    )
    return { sections: [TYPES, imports, functions, exports, code], result: 3 }
  },
  functions: () => {
    const call = (i: number) => (i === 0 ? [0x10, ...uleb(last)] : [0x41, i & 63])
    const code = section(
      CODE,
      vector(MANY, (i) => sized([0, ...call(i), 0x0b])),
    )
    const exports = section(EXPORT, [1, ...utf8('f'), 0, 0])
    return {
      sections: [
        TYPES,
        section(
          FUNCTION,
          vector(MANY, () => [1]),
        ),
        exports,
        code,
      ],
      result: last & 63,
    }
  },
  'exported functions': () => {
    const code = section(
      CODE,
      vector(MANY, (i) => sized([0, 0x41, i & 63, 0x0b])),
    )
    const exports = section(EXPORT, vector(MANY, exported(0)))
    return {
      sections: [
        TYPES,
        section(
          FUNCTION,
          vector(MANY, () => [1]),
        ),
        exports,
        code,
      ],
    }
  },
  exports: () => {
    const exports = section(
      EXPORT,
      vector(MANY, (i) => [...utf8(`e${i}`), 0, 0]),
    )
    return { sections: [TYPES, section(FUNCTION, [1, 0]), exports, section(CODE, [1, 2, 0, 0x0b])] }
  },
  globals: () => {
    const { functions, exports, code } = main(0, [0x23, 1, 0x24, ...uleb(last), 0x23, ...uleb(last)])
    const globals = section(
      GLOBAL,
      vector(MANY, (i) => [0x7f, 1, ...constant(i)]),
    )
    return { sections: [TYPES, functions, globals, exports, code], result: 1 }
  },
  'exported globals': () => {
    const globals = section(
      GLOBAL,
      vector(MANY, (i) => [0x7f, i & 1, ...constant(i)]),
    )
    return { sections: [globals, section(EXPORT, vector(MANY, exported(3)))] }
  },
  'element segments': () => {
    const { functions, exports, code } = main(0, [0x41, 0, 0x25, 0, 0xd1])
    const tables = section(TABLE, [1, 0x70, 0, 1])
    const elements = section(
      ELEMENT,
      vector(MANY, () => [0, 0x41, 0, 0x0b, 1, 0]),
    )
    return { sections: [TYPES, functions, tables, exports, elements, code], result: 0 }
  },
  'exported tables': () => {
    const tables = section(
      TABLE,
      vector(Math.min(MANY, 100_000), () => [0x70, 0, 1]),
    )
    return { sections: [tables, section(EXPORT, vector(Math.min(MANY, 100_000), exported(1)))] }
  },
  'data segments': () => {
    const memory = section(5, [1, 0, 1])
    return {
      sections: [
        memory,
        section(
          DATA,
          vector(Math.min(MANY, 100_000), () => [0, 0x41, 0, 0x0b, 1, 65]),
        ),
      ],
    }
  },
}

/** What an instance would need a variable for, each. */
const VARIABLES = /^(imported|exported functions|globals|element)/

const IMPORTS = { m: { one: () => 1, two: () => 2, 1: 1, 2: 2 } }

describe.each(Object.entries(MODULES).filter(([name]) => GIVEN !== undefined || VARIABLES.test(name)))(
  `${MANY} %s`,
  (_, make) => {
    test('compile and can be instantiated', () => {
      const { sections, result } = make()
      const { code, exports } = compile(joined([PREAMBLE, ...sections]), { format: 'iife', name: 'out' })
      const instance = new Function(`${code}\nreturn out.instantiate`)()(IMPORTS).exports
      expect(Object.keys(instance).length).toBe(exports.length)
      if (result !== undefined) expect(instance.f()).toBe(result)
      if (exports.length > 1) expect(instance[`e${exports.length - 1}`]).toBeDefined()
    }, 600_000)
  },
)
