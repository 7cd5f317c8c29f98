// Litmus tests: two real threads, many rounds, and what the memory model forbids must not be seen.

import { describe, expect, test } from 'vitest'
import { SETTINGS } from '../compile/load.ts'
import { PAGES_OF_A_BYTE, pair } from './pair.ts'

const ROUNDS = 20_000

/** Waits until both threads have come here in this round; the word at 0 counts. */
const MEET = `
  (func $meet (param $round i32)
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (loop $spin
      (br_if $spin (i32.lt_u (i32.atomic.load (i32.const 0)) (i32.mul (local.get $round) (i32.const 2))))))`

/** The meeting of this number, of three in a round. */
const meet = (number: 1 | 2 | 3): string =>
  `(call $meet (i32.sub (i32.mul (local.get $round) (i32.const 3)) (i32.const ${3 - number})))`

/** A function that does something in each round, and then looks; \`$bad\` counts what must not be. */
const rounds = (name: string, body: string, look = ''): string => `
  (func (export "${name}") (param $rounds i32) (result i32) (local $round i32) (local $bad i32) (local $x i32)
    (loop $next
      (local.set $round (i32.add (local.get $round) (i32.const 1)))
      ${meet(1)}
      ${body}
      ${meet(2)}
      ${look}
      ${meet(3)}
      (br_if $next (i32.lt_u (local.get $round) (local.get $rounds))))
    (local.get $bad))`

// What was written before a flag is set is seen by who has seen the flag.
const MESSAGE = `${MEET}
  ${rounds(
    'send',
    `(i32.store (i32.const 64) (local.get $round))
     (i64.store (i32.const 128) (i64.extend_i32_u (local.get $round)))
     (i32.atomic.store (i32.const 192) (local.get $round))`,
  )}
  ${rounds(
    'receive',
    `(loop $spin (br_if $spin (i32.ne (i32.atomic.load (i32.const 192)) (local.get $round))))
     (local.set $bad (i32.add (local.get $bad) (i32.ne (i32.load (i32.const 64)) (local.get $round))))
     (local.set $bad (i32.add (local.get $bad)
       (i64.ne (i64.load (i32.const 128)) (i64.extend_i32_u (local.get $round)))))`,
  )}`

/** Each writes its own word and reads the other's: one of them sees what the other wrote. Words at 320 and 384 are results. */
const buffering = (name: string, own: number, other: number, result: number, fence: string): string =>
  rounds(
    name,
    `(i32${fence === '' ? '.atomic' : ''}.store (i32.const ${own}) (local.get $round))
     ${fence}
     (local.set $x (i32${fence === '' ? '.atomic' : ''}.load (i32.const ${other})))
     (i32.store (i32.const ${result}) (local.get $x))`,
    `(local.set $bad (i32.add (local.get $bad)
       (i32.and (i32.lt_u (i32.load (i32.const 320)) (local.get $round))
                (i32.lt_u (i32.load (i32.const 384)) (local.get $round)))))`,
  )

const COUNTERS = `
  (func (export "count") (param $n i32) (result i32) (local $i i32)
    (loop $next
      (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 3)))
      (drop (i64.atomic.rmw.add (i32.const 16) (i64.const 0x7fffffff)))
      (drop (i64.atomic.rmw.sub (i32.const 24) (i64.const 1)))
      (drop (i32.atomic.rmw8.add_u (i32.const 33) (i32.const 1)))
      (drop (i32.atomic.rmw16.sub_u (i32.const 34) (i32.const 1)))
      (call $lock)
      (i32.store (i32.const 40) (i32.add (i32.load (i32.const 40)) (i32.const 1)))
      (i64.store (i32.const 48) (i64.add (i64.load (i32.const 48)) (i64.const -1)))
      (i32.atomic.store (i32.const 56) (i32.const 0))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $i))
  (func $lock
    (loop $spin (br_if $spin (i32.atomic.rmw.cmpxchg (i32.const 56) (i32.const 0) (i32.const 1)))))`

/** A kind of memory: its limits, and how modules address, grow and measure it, all in units of 64 KiB. */
interface Kind {
  readonly limits: (min: number, max: number) => string
  readonly at: (address: string) => string
  readonly grow: string
  readonly size: string
}

const COMMON: Kind = {
  limits: (min, max) => `${min} ${max} shared`,
  at: (address) => address,
  grow: '(memory.grow (i32.const 1))',
  size: '(memory.size)',
}

const KINDS: readonly (readonly [name: string, Kind])[] = [
  ['common', COMMON],
  [
    '64-bit addresses',
    {
      limits: (min, max) => `i64 ${min} ${max} shared`,
      at: (address) => `(i64.extend_i32_u ${address})`,
      grow: '(i32.wrap_i64 (memory.grow (i64.const 1)))',
      size: '(i32.wrap_i64 (memory.size))',
    },
  ],
  [
    'pages of one byte',
    {
      limits: (min, max) => `${min * 65536} ${max * 65536} shared ${PAGES_OF_A_BYTE}`,
      at: (address) => address,
      grow: '(i32.shr_s (memory.grow (i32.const 65536)) (i32.const 16))',
      size: '(i32.shr_u (memory.size) (i32.const 16))',
    },
  ],
]

const waiting = ({ at }: Kind): string => `
  (func (export "wait") (param $timeout i64) (result i32)
    (i32.atomic.store ${at('(i32.const 4)')} (i32.const 1))
    (memory.atomic.wait32 ${at('(i32.const 8)')} (i32.const 0) (local.get $timeout)))
  (func (export "wait64") (param $timeout i64) (result i32)
    (i32.atomic.store ${at('(i32.const 4)')} (i32.const 1))
    (memory.atomic.wait64 ${at('(i32.const 16)')} (i64.const 0) (local.get $timeout)))
  (func (export "notify") (param $at i32) (result i32) (local $woken i32)
    (loop $spin
      (br_if $spin (i32.eqz (local.tee $woken (memory.atomic.notify ${at('(local.get $at)')} (i32.const -1))))))
    (local.get $woken))`

const growth = ({ at, grow, size }: Kind): string => `
  (func (export "grow") (param $pages i32) (result i32) (local $size i32)
    (loop $next
      (local.set $size ${grow})
      (i32.store ${at('(i32.mul (local.get $size) (i32.const 65536))')} (i32.add (local.get $size) (i32.const 1)))
      (i32.atomic.store ${at('(i32.const 0)')} (i32.add (local.get $size) (i32.const 1)))
      (br_if $next (i32.lt_u (i32.add (local.get $size) (i32.const 1)) (local.get $pages))))
    ${size})
  ;; Reads the first word of each page as soon as it is there: it is the number of pages then.
  (func (export "follow") (param $pages i32) (result i32) (local $seen i32) (local $bad i32)
    (loop $next
      (loop $spin (br_if $spin (i32.eq (local.get $seen) (i32.atomic.load ${at('(i32.const 0)')}))))
      (local.set $seen (i32.atomic.load ${at('(i32.const 0)')}))
      (local.set $bad (i32.add (local.get $bad) (i32.lt_u ${size} (local.get $seen))))
      (local.set $bad (i32.add (local.get $bad)
        (i32.ne (local.get $seen)
          (i32.load ${at('(i32.mul (i32.sub (local.get $seen) (i32.const 1)) (i32.const 65536))')}))))
      (br_if $next (i32.lt_u (local.get $seen) (local.get $pages))))
    (local.get $bad))
  ;; Adds up the sizes before each of its own growths.
  (func (export "race") (param $times i32) (result i32) (local $sum i32)
    (drop (i32.atomic.rmw.add ${at('(i32.const 8)')} (i32.const 1)))
    (loop $spin (br_if $spin (i32.ne (i32.atomic.load ${at('(i32.const 8)')}) (i32.const 2))))
    (loop $next
      (local.set $sum (i32.add (local.get $sum) ${grow}))
      (br_if $next (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (local.get $sum))
  (func (export "size") (result i32) ${size})
  (func (export "load") (param i32) (result i32) (i32.load ${at('(local.get 0)')}))`

describe.each(SETTINGS.map((options) => [`${options.engine} -O${options.optimize}`, options] as const))(
  '%s',
  (_, options) => {
    test('message passing', async () => {
      const { together } = pair('1 1 shared', MESSAGE, options)
      expect(await together(['send', ROUNDS], ['receive', ROUNDS])).toEqual([0, 0])
    })

    test.each(['', '(atomic.fence)'])('store buffering %s', async (fence) => {
      const functions = MEET + buffering('one', 64, 128, 320, fence) + buffering('other', 128, 64, 384, fence)
      const { together } = pair('1 1 shared', functions, options)
      expect(await together(['one', ROUNDS], ['other', ROUNDS])).toEqual([0, 0])
    })

    test('counters and a lock', async () => {
      const { together, memory } = pair('1 1 shared', COUNTERS, options)
      expect(await together(['count', ROUNDS], ['count', ROUNDS])).toEqual([ROUNDS, ROUNDS])
      const view = new DataView(memory.buffer)
      const all = 2 * ROUNDS
      expect([view.getInt32(8, true), view.getBigInt64(16, true), view.getBigInt64(24, true)]).toEqual([
        3 * all,
        0x7fffffffn * BigInt(all),
        BigInt(-all),
      ])
      expect([view.getUint8(33), view.getInt16(34, true)]).toEqual([all & 255, (-all << 16) >> 16])
      expect([view.getInt32(40, true), view.getBigInt64(48, true)]).toEqual([all, BigInt(-all)])
    })

    describe.each(KINDS)('%s', (name, kind) => {
      test.each([
        ['wait', 8],
        ['wait64', 16],
      ])('%s', async (name, at) => {
        const { together, exports, memory } = pair(kind.limits(1, 1), waiting(kind), options)
        expect(await together(['notify', at], [name, -1n])).toEqual([1, 0])
        const start = performance.now()
        expect(exports[name]!(20_000_000n)).toBe(2)
        expect(performance.now() - start).toBeGreaterThan(19)
        new Int32Array(memory.buffer)[at / 4] = 1
        expect(exports[name]!(-1n)).toBe(1)
      })

      // The engine that runs the tests may have none with 64-bit addresses, and has none with pages of one byte.
      test.each(name === 'common' ? [false, true] : [false])(
        'growth is seen by the other thread (native memory: %s)',
        async (native) => {
          const { together, exports, memory } = pair(kind.limits(1, 200), growth(kind), options, native)
          expect(await together(['follow', 150], ['grow', 150])).toEqual([0, 150])
          expect(exports['size']!()).toBe(150)
          expect(memory.buffer.byteLength).toBe(150 * 65536)
        },
      )

      test('who grows a memory at the same time gets what was asked for', async () => {
        const { together, exports } = pair(kind.limits(1, 401), growth(kind), options)
        const sums = (await together(['race', 200], ['race', 200])) as [number, number]
        expect(exports['size']!()).toBe(401)
        expect(sums[0] + sums[1]).toBe((400 * 401) / 2)
        expect(exports['race']!.length).toBe(1)
      })

      test('a larger memory is seen where JavaScript calls', async () => {
        const { together, exports } = pair(kind.limits(1, 3), growth(kind), options)
        const [, there] = await together(['size'], ['grow', 3])
        expect(there).toBe(3)
        expect(exports['load']!(2 * 65536)).toBe(3)
      })
    })
  },
)
