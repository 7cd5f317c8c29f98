// Which pointers have the index of their element in a register, and that accesses by it do what they did.

import { expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { testPass } from '../ir/passes.ts'
import { wat } from '../wat.ts'

const interpreter = (source: string): string =>
  compile(wat(source), { engine: 'interpreter', names: true }).code.split('function instantiate')[1]!

/** With typed arrays. */
testPass(
  'indices',
  {
    'a pointer that is used often': [
      `
      f0(l0: i32, l1: i32) [words]
        loop 1 {
          i32.store(l0+0, add(i32.load(l0+0), l1))
          i32.store(l0+4, add(i32.load(l0+4), l1))
          i32.store(add(l0, 8)+4, add(i32.load(add(l0, 8)+4), l1))
          l0 = add(l0, 4)
          if (l1) {
            br 1
          }
        }
        return`,
      `
      f0(l0: i32, l1: i32) [words]
        reg t2: f64
        t2 = f64.element_index(l0, 2)
        loop 1 {
          i32.store(indexed(l0, t2)+0, add(i32.load(indexed(l0, t2)+0), l1))
          i32.store(indexed(l0, t2)+4, add(i32.load(indexed(l0, t2)+4), l1))
          i32.store(indexed(add(l0, 8), t2)+4, add(i32.load(indexed(add(l0, 8), t2)+4), l1))
          l0 = add(l0, 4)
          t2 = f64.element_index(l0, 2)
          if (l1) {
            br 1
          }
        }
        return`,
    ],
    'used once': [
      `
      f0(l0: i32) [words]
        i32.store(l0+0, 1)
        l0 = f1()
        i32.store(l0+0, 1)
        return`,
      `
      f0(l0: i32) [words]
        reg t1: f64
        t1 = f64.element_index(l0, 2)
        i32.store(indexed(l0, t1)+0, 1)
        l0 = f1()
        t1 = f64.element_index(l0, 2)
        i32.store(indexed(l0, t1)+0, 1)
        return`,
    ],
    'bytes': [
      `
      f0(l0: i32, l1: i32) [words]
        i32.store8(l0+0, l1)
        i32.store8(l0+1, l1)
        i32.store8(l0+2, l1)
        return`,
    ],
    'offsets that are no multiples of the size': [
      `
      f0(l0: i32, l1: i32) [words]
        i32.store(l0+1, l1)
        i32.store(l0+2, l1)
        i32.store(l0+3, l1)
        return`,
    ],
    'what is subtracted may wrap if there is an offset': [
      `
      f0(l0: i32, l1: i32) [words]
        i32.store(add(l0, -8)+4, l1)
        i32.store(add(l0, -8)+8, l1)
        i32.store(add(l0, -8)+12, l1)
        return`,
    ],
    'an address that is aligned for sure': [
      `
      f0(l1: i32) [words]
        l2 = 1024
        loop 1 {
          i32.store(l2+0, add(i32.load(l2+0), l1))
          i32.store(l2+4, add(i32.load(l2+4), l1))
          i32.store(l2+8, add(i32.load(l2+8), l1))
          i32.store(l2+12, add(i32.load(l2+12), l1))
          l2 = add(l2, 16)
          if (lt_u(l2, l1)) {
            br 1
          }
        }
        return`,
      `
      f0(l1: i32) [words]
        reg t3: f64
        l2 = 1024
        t3 = f64.convert_i32_u(shr_u(l2, 2))
        loop 1 {
          i32.store(indexed(l2, t3)+0, add(i32.load(indexed(l2, t3)+0), l1))
          i32.store(indexed(l2, t3)+4, add(i32.load(indexed(l2, t3)+4), l1))
          i32.store(indexed(l2, t3)+8, add(i32.load(indexed(l2, t3)+8), l1))
          i32.store(indexed(l2, t3)+12, add(i32.load(indexed(l2, t3)+12), l1))
          l2 = add(l2, 16)
          t3 = f64.convert_i32_u(shr_u(l2, 2))
          if (lt_u(l2, l1)) {
            br 1
          }
        }
        return`,
    ],
    'two sizes': [
      `
      f0(l0: i32, l1: i32) [words]
        i32.store(l0+0, add(i32.load(l0+0), l1))
        f64.store(l0+8, f64.add(f64.load(l0+8), 1.5))
        return`,
      `
      f0(l0: i32, l1: i32) [words]
        reg t2: f64, t3: f64
        t2 = f64.element_index(l0, 2)
        t3 = f64.element_index(l0, 3)
        i32.store(indexed(l0, t2)+0, add(i32.load(indexed(l0, t2)+0), l1))
        f64.store(indexed(l0, t3)+8, f64.add(f64.load(indexed(l0, t3)+8), 1.5))
        return`,
    ],
  },
  { byElement: true },
)

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
