import { expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { wat } from '../wat.ts'

const interpreter = (source: string): string =>
  compile(wat(source), { engine: 'interpreter', names: true }).code.split('function instantiate')[1]!

const LOOP = (body: string): string => `(module (memory 1)
  (func (export "f") (param $p i32) (param $n i32)
    (loop $l ${body}
      (local.set $p (i32.add (local.get $p) (i32.const 4)))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))`

const ADD = (offset: number): string =>
  `(i32.store offset=${offset} (local.get $p) (i32.add (i32.load offset=${offset} (local.get $p)) (local.get $n)))`

test('a pointer that is used often has its index worked out where it is set', () => {
  const code = interpreter(LOOP(ADD(0) + ADD(4) + ADD(8)))
  expect(code.match(/\? 8589934592 : /g)).toHaveLength(2)
  expect(code).not.toContain('/ 4]')
})

test('one access does not pay for an index', () => {
  expect(interpreter(LOOP('(drop (i32.load (local.get $p)))'))).not.toContain('8589934592')
})

test('bytes, and words whose offset is no multiple of their size, have none', () => {
  const stores = [0, 1, 2].map((offset) => `(i32.store8 offset=${offset} (local.get $p) (local.get $n))`).join('')
  expect(interpreter(LOOP(stores))).not.toContain('8589934592')
  expect(interpreter(LOOP(ADD(1) + ADD(2) + ADD(3)))).not.toContain('8589934592')
})

test('a pointer that is aligned for sure needs no check of it', () => {
  const code = interpreter(`(module (memory 1)
    (func (export "f") (param $n i32) (local $p i32)
      (local.set $p (i32.const 1024))
      (loop $l
        (i32.store (local.get $p) (local.get $n))
        (local.set $p (i32.add (local.get $p) (i32.const 12)))
        (br_if $l (i32.lt_u (local.get $p) (local.get $n))))))`)
  expect(code).not.toContain('& 3')
  expect(code).toContain('>>> 2) >= ')
})

/** What every access at every address leaves in memory and gives, or its trap. */
function trace(exports: Record<string, CallableFunction>): unknown[] {
  return [0, 1, 2, 7, 8, 16, 65500, 65512, 65519, 65520, 65528, 65535, -1, -4, -8, -16].flatMap((p) =>
    ['low', 'high', 'pair'].map((name) => {
      try {
        return exports[name]!(p, p + 5)
      } catch (error) {
        return String(error)
      }
    }),
  )
}

test('by way of an index, accesses trap and wrap around as ever', () => {
  const bump = (op: string, address: string): string =>
    `(${op}.store ${address} (${op}.add (${op}.load ${address}) (${op === 'f64' ? 'f64.const 1.5' : 'local.get $q'})))`
  const at = (extra: number, offset = 0): string => `offset=${offset} (i32.add (local.get $p) (i32.const ${extra}))`
  const func = (name: string, body: string): string =>
    `(func (export "${name}") (param $p i32) (param $q i32) (result i32) ${body} (i32.load (local.get $p)))`
  const bytes = wat(`(module (memory (export "m") 1)
    ${func('low', bump('i32', at(-8)) + bump('i32', at(-16)) + bump('i32', at(4)))}
    ${func('high', bump('i32', at(8, 4)) + bump('i32', at(0x7ffffffc)) + bump('i32', at(12, 400)))}
    ${func('pair', bump('f64', at(0, 8)) + bump('f64', at(16)) + bump('i32', at(0, 8)) + bump('i32', at(24)))})`)
  const { code } = compile(bytes, { engine: 'interpreter', format: 'iife', name: 'out' })
  expect(code).toContain('8589934592')
  const ours = new Function(`${code}\nreturn out.instantiate({}).exports`)()
  const native = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as typeof ours
  expect(trace(ours)).toEqual(trace(native))
  expect(new Uint8Array(ours.m.buffer)).toEqual(new Uint8Array(native.m.buffer))
})
