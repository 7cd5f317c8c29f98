// The classes of the JavaScript API beside the engine's own: the same expressions, the same values or kinds of error.

import { describe, expect, test } from 'vitest'
import { api_class } from '../../runtime/api.ts'
import { api_constructors } from '../../runtime/constructors.ts'
import { realm } from '../../runtime/realm.ts'

// biome-ignore lint/suspicious/noExplicitAny: the expressions are wrong on purpose
type Api = Record<'Memory' | 'Table' | 'Global', any>

const ours: Api = api_constructors()
const { Memory, Table, Global } = ours

type Class = 'Memory' | 'Table' | 'Global'

/** What a constructor reads of its descriptor and what it converts, in order, and the error it throws. */
function readsOf(w: Api, name: Class, members: object): string[] {
  const log: string[] = []
  const descriptor = new Proxy(members, {
    get(target, key) {
      log.push(String(key))
      const value: unknown = Reflect.get(target, key)
      const convert = () => {
        log.push(`${String(key)} to primitive`)
        return value
      }
      return value === undefined || typeof value === 'boolean' ? value : { valueOf: convert, toString: convert }
    },
    has: (_, key) => log.push(`has ${String(key)}`) > 0,
  })
  try {
    new w[name](descriptor)
  } catch (error) {
    log.push((error as Error).constructor.name)
  }
  return log
}

const table = ({ Table }: Api, more = {}) => new Table({ element: 'anyfunc', initial: 2, ...more })

describe("the engine's classes", () => {
  const MADE: Partial<Record<string, (w: Api) => object>> = {
    Memory: (w) => new w.Memory({ initial: 1 }),
    Table: (w) => table(w),
    Global: (w) => new w.Global({ value: 'i32' }, 1),
  }

  test.each(Object.entries(MADE))(
    '%s: what we make is an instance of it, and none the other way round',
    (name, make) => {
      const native = (WebAssembly as unknown as Api)[name as Class]
      expect(make!(ours)).toBeInstanceOf(native)
      expect(make!(WebAssembly as unknown as Api)).not.toBeInstanceOf(ours[name as Class])
    },
  )

  test('what an output has no use for is not there, rather than made for others', () => {
    const Native = class {
      type() {}
      grow() {}
    }
    const before = realm.native
    Object.assign(realm, { native: { Made: Native } })
    try {
      const Made = api_class(
        'Made',
        class {
          grow() {
            return 5
          }
        },
      )
      const made = new Made() as { grow(): number; type?: unknown }
      expect(made).toBeInstanceOf(Native)
      expect([made.grow(), made.type, Object.keys(Made.prototype)]).toEqual([5, undefined, ['grow']])
    } finally {
      Object.assign(realm, { native: before })
      delete realm.classes['Made']
    }
  })
})

/** Members that Node 26 has and we have not yet: README, "Limits". */
const isOurs = (member: string): boolean => !['toFixedLengthBuffer', 'toResizableBuffer'].includes(member)

const EXPRESSIONS: ((w: Api) => unknown)[] = [
  // Memory
  (w) => new w.Memory(),
  (w) => new w.Memory(null),
  (w) => new w.Memory(5),
  (w) => new w.Memory({}),
  (w) => w.Memory({ initial: 1 }),
  (w) => new w.Memory({ initial: '2' }).buffer.byteLength,
  (w) => new w.Memory({ initial: 1.9 }).buffer.byteLength,
  (w) => new w.Memory({ initial: NaN }),
  (w) => new w.Memory({ initial: Infinity }),
  (w) => new w.Memory({ initial: -1 }),
  (w) => new w.Memory({ initial: 1n }),
  (w) => new w.Memory({ initial: 2 ** 32 }),
  (w) => new w.Memory({ initial: 65537 }),
  (w) => new w.Memory({ initial: 0, maximum: 65537 }),
  (w) => new w.Memory({ initial: 2, maximum: 1 }),
  (w) => new w.Memory({ initial: 0, maximum: undefined }).grow(3),
  (w) => new w.Memory({ initial: 0, maximum: null }).grow(1),
  (w) => new w.Memory({ initial: 1 }).grow(),
  (w) => new w.Memory({ initial: 1 }).grow(-1),
  (w) => new w.Memory({ initial: 1 }).grow(65536),
  (w) => new w.Memory({ initial: 1, maximum: 2 }).grow(2),
  (w) => new w.Memory({ initial: 1, maximum: 2 }).grow('1'),
  (w) => w.Memory.prototype.grow.call({}, 1),
  (w) => w.Memory.prototype.buffer,
  (w) => w.Memory.prototype.grow.call(table(w), 1),
  (w) => {
    const m = new w.Memory({ initial: 1 })
    const old = m.buffer
    new Uint8Array(old)[3] = 7
    return [m.buffer === old, m.grow(0), m.buffer === old, old.byteLength, new Uint8Array(m.buffer)[3]]
  },
  // Table
  (w) => new w.Table(),
  (w) => new w.Table({}),
  (w) => new w.Table({ element: 'anyfunc' }),
  (w) => new w.Table({ element: 'i32', initial: 1 }),
  (w) => new w.Table({ initial: 1 }),
  (w) => w.Table({ element: 'anyfunc', initial: 1 }),
  (w) => table(w, { maximum: 1 }),
  (w) => table(w, { initial: 10_000_001 }),
  (w) => table(w, { maximum: 4294967295 }).length,
  (w) => table(w, { maximum: 4294967296 }),
  (w) => new w.Table({ element: 'anyfunc', initial: 1 }, null).get(0),
  (w) => new w.Table({ element: 'anyfunc', initial: 1 }, undefined).get(0),
  (w) => new w.Table({ element: 'anyfunc', initial: 1 }, () => 1),
  (w) => new w.Table({ element: 'externref', initial: 1 }).get(0),
  (w) => new w.Table({ element: 'externref', initial: 1 }, null).get(0),
  (w) => new w.Table({ element: 'externref', initial: 1 }, 'x').get(0),
  (w) => table(w).get(0),
  (w) => table(w).get(2),
  (w) => table(w).get(),
  (w) => table(w).get(-1),
  (w) => table(w).get('1'),
  (w) => table(w).set(2, null),
  (w) => table(w).set(0),
  (w) => table(w).set(0, undefined),
  (w) => table(w).set(0, () => 1),
  (w) => table(w).set(),
  (w) => table(w).grow(),
  (w) => table(w).grow(1),
  (w) => table(w).grow(1, 5),
  (w) => table(w).grow(4294967295),
  (w) => table(w, { maximum: 3 }).grow(2),
  (w) => {
    const t = new w.Table({ element: 'externref', initial: 1 }, 'a')
    t.grow(1, 'b')
    t.grow(1)
    t.set(0)
    return [t.get(0), t.get(1), t.get(2), t.length]
  },
  (w) => w.Table.prototype.length,
  (w) => w.Table.prototype.get.call(new w.Memory({ initial: 0 }), 0),
  // Global
  (w) => new w.Global(),
  (w) => new w.Global({}),
  (w) => w.Global({ value: 'i32' }),
  (w) => new w.Global({ value: 'funcref' }),
  (w) => new w.Global({ value: 'v128' }),
  (w) => new w.Global({ value: 'i32' }).value,
  (w) => new w.Global({ value: 'i32' }, undefined).value,
  ...['i32', 'i64', 'f32', 'f64', 'anyfunc', 'externref'].flatMap((value): ((w: Api) => unknown)[] => [
    (w) => new w.Global({ value }, undefined).value,
    (w) => new w.Global({ value }, null).value,
    (w) => new w.Global({ value, mutable: true }, undefined).valueOf(),
  ]),
  (w) => new w.Global({ value: 'i32' }, 2 ** 31).value,
  (w) => new w.Global({ value: 'i32' }, 1n).value,
  (w) => new w.Global({ value: 'f32' }, 0.1).value,
  (w) => new w.Global({ value: 'f64' }, '0.1').value,
  (w) => new w.Global({ value: 'f64' }, Symbol.iterator).value,
  (w) => new w.Global({ value: 'i64' }).value,
  (w) => new w.Global({ value: 'i64' }, -3n).value,
  (w) => new w.Global({ value: 'i64' }, 2n ** 64n + 1n).value,
  (w) => new w.Global({ value: 'i64' }, 1),
  (w) => new w.Global({ value: 'anyfunc' }).value,
  (w) => new w.Global({ value: 'anyfunc' }, null).value,
  (w) => new w.Global({ value: 'anyfunc' }, undefined).value,
  (w) => new w.Global({ value: 'externref' }, undefined).value,
  (w) => new w.Global({ value: 'externref' }, 'x').valueOf(),
  (w) => {
    const g = new w.Global({ value: 'i64', mutable: 'yes' }, 1n)
    g.value = -(2n ** 40n)
    return [g.value, g.valueOf()]
  },
  (w) => {
    const g = new w.Global({ value: 'i32', mutable: true }, 1)
    try {
      g.value = 5n
    } catch {
      return g.value
    }
  },
  (w) => {
    new w.Global({ value: 'i32' }).value = 1
  },
  (w) => w.Global.prototype.value,
  // The shape of the classes
  ...(['Memory', 'Table', 'Global'] as const).flatMap((name): ((w: Api) => unknown)[] => [
    (w) => [
      w[name].name,
      w[name].length,
      String(w[name].prototype),
      Object.keys(w[name].prototype).filter(isOurs).sort(),
    ],
    (w) =>
      Object.entries(Object.getOwnPropertyDescriptors(w[name].prototype))
        .filter(([key]) => isOurs(key))
        .map(([key, found]) => {
          const { value, get, set, ...flags } = found as PropertyDescriptor
          return `${key} ${JSON.stringify(flags)} ${[value?.length, get?.length, set?.length]}`
        })
        .sort(),
    (w) => Object.getOwnPropertyDescriptor(w[name].prototype, Symbol.toStringTag),
    (w) => class extends w[name] {}.name,
  ]),
]

function outcome(w: Api, expression: (w: Api) => unknown): unknown {
  try {
    const value = expression(w)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : value
  } catch (error) {
    return (error as Error).constructor.name
  }
}

describe('the API', () => {
  test.each(
    EXPRESSIONS.map((expression) => [String(expression).replace(/\s+/g, ' ').slice(0, 90), expression] as const),
  )('%s', (_, expression) => expect(outcome(ours, expression)).toEqual(outcome(WebAssembly as never, expression)))

  test('an `undefined` for the new elements of a table is as good as none', () => {
    // So Web IDL says of optional arguments. V8 14 takes it for a value and throws.
    expect(table(ours).grow(1, undefined)).toBe(2)
  })

  describe('descriptors are read as the engine reads them', () => {
    // Node 20 does not know of addresses.
    const readsAddress = readsOf(WebAssembly as never, 'Memory', { initial: 1 }).includes('address')
    const expected = (name: Class, members: object): string[] => {
      const reads = readsOf(WebAssembly as never, name, members)
      if (!readsAddress && name === 'Memory') reads.unshift('address')
      if (!readsAddress && name === 'Table' && reads.includes('initial'))
        reads.splice(reads.indexOf('initial'), 0, 'address')
      return reads
    }

    test.each<[Class, object]>([
      ['Memory', { initial: 1 }],
      ['Memory', { initial: 1, maximum: 2 }],
      ['Memory', { maximum: 2 }],
      ['Memory', { initial: -1, maximum: 2 }],
      ['Memory', { initial: 1, maximum: -1 }],
      ['Memory', { initial: 3, maximum: 2 }],
      ['Memory', { initial: 1, maximum: 65537 }],
      ['Table', { element: 'anyfunc', initial: 1, maximum: 2 }],
      ['Table', { element: 'anyfunc', maximum: 2 }],
      ['Table', { initial: 1, maximum: 2 }],
      ['Table', { element: 'i32', initial: 1, maximum: 2 }],
      ['Table', { element: 'anyfunc', initial: -1, maximum: 2 }],
      ['Table', { element: 'anyfunc', initial: 1, maximum: -1 }],
      ['Table', { element: 'anyfunc', initial: 3, maximum: 2 }],
      ['Global', { value: 'i32', mutable: true }],
      ['Global', { value: 'nothing' }],
      ['Global', {}],
    ])('%s %o', (name, members) => expect(readsOf(ours, name, members)).toEqual(expected(name, members)))

    // V8 throws before it reads the maximum.
    test('sizes that are too large are refused when all are read', () => {
      const members = { element: 'anyfunc', initial: 10_000_001, maximum: 10_000_001 }
      const sizes = ['initial', 'initial to primitive', 'maximum', 'maximum to primitive', 'RangeError']
      expect(readsOf(ours, 'Memory', members)).toEqual(['address', ...sizes])
      expect(readsOf(ours, 'Table', members)).toEqual(['element', 'element to primitive', 'address', ...sizes])
    })

    test('addresses of another type are refused before sizes are read', () => {
      const members = { element: 'anyfunc', initial: 1, address: 'i65' }
      expect(readsOf(ours, 'Memory', members)).toEqual(['address', 'address to primitive', 'TypeError'])
      const reads = ['element', 'element to primitive', 'address', 'address to primitive', 'TypeError']
      expect(readsOf(ours, 'Table', members)).toEqual(reads)
    })
  })

  test('a size is truncated before its range is checked, as WebIDL says', () => {
    expect(new Memory({ initial: -0.5 }).buffer.byteLength).toBe(0)
  })

  test('an externref without a value is undefined', () => {
    expect(new Global({ value: 'externref' }).value).toBe(undefined)
  })

  test('its constructors are there only once they are asked for', () => {
    const { constructors } = realm
    Object.assign(realm, { constructors: {} })
    for (const name of ['Memory', 'Table', 'Global'] as const) {
      expect(() => new ours[name]({ initial: 1, element: 'anyfunc', value: 'i32' })).toThrow('Illegal constructor')
    }
    Object.assign(realm, { constructors })
    expect(new Memory({ initial: 1 })).toBeInstanceOf(Memory)
  })

  test('nothing hidden can be seen on the objects', () => {
    for (const object of [
      new Memory({ initial: 0 }),
      new Table({ element: 'anyfunc', initial: 0 }),
      new Global({ value: 'i32' }),
    ]) {
      expect(Reflect.ownKeys(object)).toEqual([])
    }
  })
})
