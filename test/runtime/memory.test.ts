import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import * as access from '../../runtime/access.ts'
import { buffer_detach } from '../../runtime/buffers.ts'
import { data_run } from '../../runtime/data.ts'
import { data_bytes, data_chars, data_uses } from '../../runtime/data-text.ts'
import { RuntimeError } from '../../runtime/errors.ts'
import { f32_reinterpret_i32, i32_reinterpret_f32 } from '../../runtime/float.ts'
import {
  memory_buffer,
  memory_copy,
  memory_fill,
  memory_grow,
  memory_init,
  memory_new,
  memory_size,
  memory_watch,
  memory_watch_import,
} from '../../runtime/memory.ts'
import { toCharacters, toDataText } from '../../src/7-link/data-text.ts'

const OUT = 'memory access out of bounds'

/** A memory whose first 256 bytes are 0 to 255. */
function counting() {
  const m = memory_new(1, -1)
  for (let i = 0; i < 256; i++) m.bytes[i] = i
  return m
}

describe('growth', () => {
  test('returns the old size, keeps the bytes and detaches the buffer that JavaScript has', () => {
    const m = counting()
    const old = memory_buffer(m)
    expect(memory_grow(m, 2)).toBe(1)
    expect(memory_size(m)).toBe(3)
    expect(memory_buffer(m).byteLength).toBe(3 * 65536)
    expect(m.bytes.buffer).toBe(memory_buffer(m))
    expect([m.bytes[255], m.bytes[256]]).toEqual([255, 0])
    expect(old.byteLength).toBe(0)
  })

  test('has room for more while JavaScript has not seen the buffer, which then is as long as the memory', () => {
    const m = memory_new(2, 7)
    m.bytes[70000] = 9
    memory_grow(m, 1)
    const roomy = m.bytes.buffer
    expect(roomy.byteLength).toBe(4 * 65536)
    memory_grow(m, 1)
    expect(m.bytes.buffer).toBe(roomy)
    memory_grow(m, 1)
    expect(m.bytes.buffer.byteLength).toBe(7 * 65536)
    expect([memory_size(m), m.bytes[70000], m.bytes[5 * 65536 - 1]]).toEqual([5, 9, 0])
    const buffer = memory_buffer(m)
    expect([buffer.byteLength, new Uint8Array(buffer)[70000]]).toEqual([5 * 65536, 9])
    expect(memory_buffer(m)).toBe(buffer)
    expect(m.bytes.buffer).toBe(buffer)
  })

  test('has room again once it has grown repeatedly since JavaScript saw the buffer', () => {
    const m = memory_new(4, -1)
    const old = memory_buffer(m)
    const lengths = [1, 2, 3, 4].map(() => {
      memory_grow(m, 1)
      return m.bytes.buffer.byteLength / 65536
    })
    expect(lengths).toEqual([5, 6, 12, 12])
    expect(old.byteLength).toBe(0)
    const buffer = memory_buffer(m)
    expect(buffer.byteLength / 65536).toBe(8)
    memory_grow(m, 1)
    expect([buffer.byteLength, m.bytes.buffer.byteLength / 65536]).toEqual([0, 9])
  })

  test('by 0 gives a new buffer too', () => {
    const m = counting()
    const old = memory_buffer(m)
    expect(memory_grow(m, 0)).toBe(1)
    expect(memory_buffer(m)).not.toBe(old)
    expect([old.byteLength, memory_buffer(m).byteLength, m.bytes[7]]).toEqual([0, 65536, 7])
  })

  test('fails beyond the maximum, beyond 65536 pages, and without memory', () => {
    const m = memory_new(1, 3)
    expect(memory_grow(m, 3)).toBe(-1)
    expect(memory_grow(m, -1)).toBe(-1)
    expect(memory_size(m)).toBe(1)
    expect(memory_grow(m, 2)).toBe(1)
    expect(memory_grow(memory_new(0, -1), 65537)).toBe(-1)
    const poor = memory_new(1, -1)
    memory_buffer(poor).transfer = () => {
      throw new RangeError('no memory')
    }
    expect(memory_grow(poor, 1)).toBe(-1)
    expect(memory_size(poor)).toBe(1)
  })

  describe.each([
    ['of the maker', memory_watch],
    ['of an importer', memory_watch_import],
  ] as const)('views %s', (_, watch) => {
    test('are made at once and after each growth', () => {
      const m = memory_new(1, -1)
      const seen: Uint8Array[] = []
      watch(m, (bytes, views) => {
        if (views === undefined) return [bytes]
        expect((views as unknown[])[0]).toBe(bytes)
        seen.push(bytes)
        return undefined
      })
      expect(seen.length).toBe(1)
      expect(seen[0]).toBe(m.bytes)
      memory_grow(m, 1)
      expect(seen[1]).toBe(m.bytes)
      expect(memory_grow(m, -1)).toBe(-1)
      expect(seen.length).toBe(2)
      memory_grow(m, 1)
      memory_buffer(m)
      expect(seen.at(-1)).toBe(m.bytes)
    })

    test.each([false, true])('are renewed for all instances or none (buffer seen: %o)', (isSeen) => {
      const m = memory_new(1, -1)
      const current: unknown[] = []
      let failsAt = -1
      for (const i of [0, 1, 2]) {
        watch(m, (bytes, views) => {
          if (views === undefined && i === failsAt) throw new RangeError('no room for a view')
          if (views === undefined) return [new Uint8Array(bytes.buffer, 0, bytes.length)]
          current[i] = (views as Uint8Array[])[0]
          return undefined
        })
      }
      if (isSeen) memory_buffer(m)
      for (failsAt of [0, 1, 2]) {
        const before = [m.bytes, m.bytes.buffer, ...current]
        expect(memory_grow(m, 1)).toBe(-1)
        const after = [m.bytes, m.bytes.buffer, ...current]
        expect(after.map((each, i) => each === before[i])).toEqual(Array(5).fill(true))
        expect([memory_size(m), m.bytes.buffer.byteLength]).toEqual([1, 65536])
      }
      failsAt = -1
      expect(memory_grow(m, 1)).toBe(1)
      expect(current.map((view) => (view as Uint8Array).buffer === m.bytes.buffer)).toEqual([true, true, true])
    })

    test('that cannot be made leave nothing behind', () => {
      const m = memory_new(1, -1)
      const fail = () => {
        throw new RangeError('no room for a view')
      }
      expect(() => watch(m, fail)).toThrow('no room')
      expect(memory_grow(m, 1)).toBe(1)
    })
  })

  test.each([
    ['transfer', true],
    ['structuredClone', true],
    ['MessageChannel', true],
    ['nothing', false],
  ])('a buffer is detached by %s', (means, detaches) => {
    const old = new Uint8Array([1, 2, 3]).buffer
    const real = structuredClone
    const transfer = () => real(old, { transfer: [old] })
    Object.defineProperty(old, 'transfer', { value: means === 'transfer' ? transfer : undefined })
    if (means !== 'structuredClone') vi.stubGlobal('structuredClone', undefined)
    if (means === 'nothing') vi.stubGlobal('MessageChannel', undefined)
    buffer_detach(old)
    vi.unstubAllGlobals()
    expect(old.byteLength).toBe(detaches ? 0 : 3)
  })
})

describe('bulk operations', () => {
  const size = 65536
  const at = fc.oneof(
    fc.integer({ min: 0, max: 300 }),
    fc.integer({ min: size - 100, max: size + 2 }),
    fc.constantFrom(-1),
  )
  const count = fc.oneof(fc.integer({ min: 0, max: 150 }), fc.constantFrom(-1, size, size + 1))

  test('copy, also overlapping and between memories', () => {
    const run = (d: number, s: number, n: number, same: boolean) => {
      const from = counting()
      const to = same ? from : memory_new(1, -1)
      const expected = to.bytes.slice()
      const fits = Math.max(d >>> 0, s >>> 0) + (n >>> 0) <= size
      if (fits) expected.set(from.bytes.slice(s, s + n), d)
      if (fits) memory_copy(to, from, d, s, n)
      else expect(() => memory_copy(to, from, d, s, n)).toThrow(OUT)
      expect(Buffer.compare(to.bytes, expected)).toBe(0)
    }
    fc.assert(fc.property(at, at, count, fc.boolean(), run), { numRuns: 300 })
  })

  test('fill', () => {
    const run = (d: number, v: number, n: number) => {
      const m = counting()
      const expected = m.bytes.slice()
      if ((d >>> 0) + (n >>> 0) <= size) {
        expected.fill(v & 255, d, d + n)
        memory_fill(m, d, v, n)
      } else expect(() => memory_fill(m, d, v, n)).toThrow(OUT)
      expect(Buffer.compare(m.bytes, expected)).toBe(0)
    }
    fc.assert(fc.property(at, fc.integer(), count, run), { numRuns: 300 })
  })

  test('init, also from a dropped segment', () => {
    const m = memory_new(1, -1)
    const data = new Uint8Array([1, 2, 3, 4])
    memory_init(m, data, 10, 1, 3)
    expect([...m.bytes.subarray(9, 14)]).toEqual([0, 2, 3, 4, 0])
    memory_init(m, data, size, 4, 0)
    memory_init(m, data.subarray(0, 0), 0, 0, 0)
    for (const [d, s, n] of [
      [0, 2, 3],
      [size - 1, 0, 2],
      [0, 5, 0],
      [size + 1, 0, 0],
      [0, -1, 2],
      [-1, 0, 1],
    ]) {
      expect(() => memory_init(m, data, d, s, n), `${[d, s, n]}`).toThrow(RuntimeError)
    }
    expect(() => memory_init(m, data.subarray(0, 0), 0, 0, 1)).toThrow(OUT)
    expect(m.bytes[size - 1]).toBe(0)
  })
})

describe('accesses', () => {
  const bytes = new Uint8Array(32)
  const view = new DataView(bytes.buffer)
  const bits = fc.oneof(fc.integer(), fc.constantFrom(0x7f800001, 0x7fc00000, -0x400001, 0x7fa12345, -1, -0x80000000))

  test('an f32 keeps its bits, those of NaN too', () => {
    fc.assert(
      fc.property(bits, fc.integer({ min: 0, max: 28 }), (x, p) => {
        view.setInt32(p, x, true)
        const value = access.f32_load(view, p)
        expect(i32_reinterpret_f32(value)).toBe(x)
        expect(access.slow_f32_load(bytes, p)).toBe(value)
        bytes.fill(0)
        access.f32_store(view, p, f32_reinterpret_i32(x))
        expect(view.getInt32(p, true)).toBe(x)
        bytes.fill(0)
        access.slow_f32_store(bytes, p, f32_reinterpret_i32(x))
        expect(view.getInt32(p, true)).toBe(x)
      }),
    )
  })

  test('integers and f64, byte by byte', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double(), fc.integer({ min: 0, max: 24 }), (x, y, p) => {
        access.slow_i32_store(bytes, p, x)
        expect(view.getInt32(p, true)).toBe(x)
        expect(access.slow_i32_load(bytes, p)).toBe(x)
        expect(access.slow_i32_load16_u(bytes, p)).toBe(x & 0xffff)
        expect(access.slow_i32_load16_s(bytes, p)).toBe((x << 16) >> 16)
        access.slow_i32_store16(bytes, p, ~x)
        expect(view.getInt32(p, true)).toBe((x & ~0xffff) | (~x & 0xffff))
        access.slow_i32_store8(bytes, p, x)
        expect(bytes[p]).toBe(x & 255)
        access.slow_f64_store(bytes, p, y)
        expect(view.getFloat64(p, true)).toBe(y)
        expect(access.slow_f64_load(bytes, p)).toBe(y)
      }),
    )
  })

  test('outside they trap and write nothing', () => {
    bytes.fill(0)
    const functions: Record<string, unknown> = { ...access }
    const widths = { slow_i32_load: 4, slow_i32_load16_u: 2, slow_i32_load16_s: 2, slow_f32_load: 4, slow_f64_load: 8 }
    const stores = { slow_i32_store: 4, slow_i32_store16: 2, slow_i32_store8: 1, slow_f32_store: 4, slow_f64_store: 8 }
    for (const [name, width] of Object.entries({ ...widths, ...stores })) {
      const f = functions[name] as (u8: Uint8Array, p: number, x?: number) => unknown
      for (const p of [33 - width, 32, 2 ** 32, 2 ** 33 - 1]) expect(() => f(bytes, p, -1), `${name} ${p}`).toThrow(OUT)
      expect(() => f(bytes, 32 - width, 0), name).not.toThrow()
    }
    expect(bytes.every((byte) => byte === 0)).toBe(true)
  })
})

describe('data', () => {
  test('segments are written in order, until one does not fit', () => {
    const long = Array.from({ length: 100 }, (_, i) => i)
    const m = memory_new(1, -1)
    data_run(m, new Uint8Array([77, 1, 2, 3, 9, ...long]), 1, [3, 3, 4, 1, 40000, 100, 65536, 0])
    expect([...m.bytes.subarray(2, 7)]).toEqual([0, 1, 9, 3, 0])
    expect([...m.bytes.subarray(40000, 40101)]).toEqual([...long, 0])
    for (const offset of [65535, 65536, 0xffffffff]) {
      const fresh = memory_new(1, -1)
      const run = () => data_run(fresh, new Uint8Array([5, 6, 7, 8]), 0, [0, 1, offset, 2, 1, 1])
      expect(run).toThrow('data segment out of bounds')
      expect([fresh.bytes[0], fresh.bytes[1], fresh.bytes[65535]]).toEqual([5, 0, 0])
    }
  })

  test('bytes as characters of a string literal', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.uint8Array({ max: 60 })), (bytes) => {
        const literal = toCharacters(bytes, Infinity)
        expect(literal).toMatch(/^[ -~]*$/)
        expect(literal).not.toMatch(/["<]/)
        expect(data_chars(new Function(`"use strict"; return "${literal}"`)())).toEqual(bytes)
      }),
    )
  })

  test('bytes as text that a string literal and a script may hold', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i)
    const weighted = fc
      .uint8Array({ maxLength: 2000 })
      .map((bytes) => Uint8Array.of(...bytes, ...all, ...all.subarray(200)))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.uint8Array({ max: 3 }), weighted), (bytes) => {
        const { chunks, leads, exceptions } = toDataText(bytes)
        const text = chunks.join('')
        expect(data_bytes(text, leads, exceptions, bytes.length)).toEqual(bytes)
        expect([...(text + leads + exceptions)].every((c) => data_uses(c.charCodeAt(0)))).toBe(true)
      }),
    )
  })
})
