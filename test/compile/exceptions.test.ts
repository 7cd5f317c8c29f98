// Exceptions, as programs see them: what handlers catch and what passes, what registers, globals and memory hold there.

import { describe, expect, test } from 'vitest'
import { LIMITS, type Limits } from '../../src/4-lower/limits.ts'
import type { Options } from '../../src/options.ts'
import { webAssemblyWith } from '../../src/webassembly/create.ts'
import { wat } from '../wat.ts'
import { type Func, thrown } from './load.ts'

const SETTINGS = [
  {},
  { optimize: 0 },
  { optimize: 3 },
  { engine: 'interpreter' },
  { limits: { ...LIMITS, height: 3, keptHeight: 1 } },
  { limits: { ...LIMITS, bytecode: 60 } },
  { limits: { ...LIMITS, inlined: 0 } },
  { limits: { ...LIMITS, inlined: 1000 } },
] as readonly (Partial<Options> & { readonly limits?: Limits })[]

type Api = ReturnType<typeof webAssemblyWith>

/** Compiles and runs a module with each setting. */
function each(
  name: string,
  text: string,
  check: (run: (imports?: object) => Record<string, Func>, api: Api) => void,
): void {
  const bytes = wat(text)
  describe(name, () => {
    test.each(SETTINGS)('%j', ({ limits, ...options }) => {
      const api = webAssemblyWith(options, { verifies: true, ...(limits && { limits }) })
      check((imports = {}) => new api.Instance(new api.Module(bytes), imports).exports as Record<string, Func>, api)
    })
  })
}

each(
  'a handler finds registers as they were when the exception was thrown',
  `(module
    (tag $e (param i32))
    (func $throw (param i32) (result i32)
      (if (i32.lt_s (local.get 0) (i32.const 0)) (then (throw $e (local.get 0))))
      (local.get 0))
    (func (export "before") (param i32) (result i32) (local $x i32)
      (block $h (result i32)
        (try_table (result i32) (catch $e $h)
          (local.set $x (i32.const 1))
          (local.set $x (call $throw (local.get 0)))
          (local.set $x (i32.const 3))
          (drop (call $throw (i32.sub (i32.const 0) (local.get 0))))
          (i32.const 0)))
      (i32.add (i32.mul (local.get $x) (i32.const 100))))
    (func (export "pending") (param i32) (result i32) (local $x i32)
      (block $h (result i32)
        (try_table (result i32) (catch $e $h)
          (call $throw (local.get 0))
          (local.set $x (i32.const 7))
          (i32.add (i32.const 1))))
      (i32.add (i32.mul (local.get $x) (i32.const 100))))
    (func (export "loop") (param $n i32) (result i32) (local $i i32) (local $sum i32)
      (loop $again
        (block $h (result i32)
          (try_table (catch $e $h)
            (local.set $sum (i32.add (local.get $sum) (i32.const 10)))
            (drop (call $throw (i32.sub (local.get $n) (local.get $i))))
            (local.set $sum (i32.add (local.get $sum) (i32.const 1))))
          (i32.const 0))
        (local.set $sum (i32.sub (local.get $sum)))
        (br_if $again (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 10))))
      (local.get $sum))
    (func $long (param i64) (result i64)
      (if (i64.lt_s (local.get 0) (i64.const 0)) (then (throw $e (i32.const 5))))
      (local.get 0))
    (func (export "halves") (param i32) (result i64) (local $x i64)
      (local.set $x (i64.const 0x100000002))
      (block $h (result i32)
        (try_table (catch $e $h)
          (local.set $x (i64.shl (i64.extend_i32_u (call $throw (local.get 0))) (i64.const 32))))
        (i32.const 0))
      drop
      (local.get $x))
    (func (export "words") (param i64) (result i64) (local $x i64)
      (local.set $x (i64.const -3))
      (block $h (result i32)
        (try_table (catch $e $h)
          (local.set $x (i64.add (local.get $x) (call $long (local.get 0)))))
        (i32.const 0))
      drop
      (local.get $x)))`,
  (run) => {
    const { before, pending, loop, halves, words } = run() as Record<string, Func>
    expect(before!(-5)).toBe(-5 + 100)
    expect(before!(5)).toBe(-5 + 300)
    expect(before!(0)).toBe(300)
    expect(pending!(-5)).toBe(-5)
    expect(pending!(5)).toBe(706)
    expect(loop!(3)).toBe(-3)
    expect(loop!(100)).toBe(0)
    expect(halves!(-1)).toBe(0x100000002n)
    expect(halves!(7)).toBe(7n << 32n)
    expect(words!(-1n)).toBe(-3n)
    expect(words!(5n)).toBe(2n)
  },
)

each(
  'traps and stack overflows pass through handlers',
  `(module
    (memory 1)
    (tag $e)
    (func $deep (param i32) (result i32) (i32.add (i32.const 1) (call $deep (i32.add (local.get 0) (i32.const 1)))))
    (func $trap (param i32)
      (if (i32.eq (local.get 0) (i32.const 0)) (then (unreachable)))
      (if (i32.eq (local.get 0) (i32.const 1)) (then (drop (i32.load (i32.const -1)))))
      (if (i32.eq (local.get 0) (i32.const 2)) (then (drop (i32.div_s (i32.const 1) (i32.const 0)))))
      (if (i32.eq (local.get 0) (i32.const 3)) (then (drop (call $deep (i32.const 0)))))
      (if (i32.eq (local.get 0) (i32.const 4)) (then (throw_ref (ref.null exn)))))
    (func (export "f") (param i32) (result i32)
      (block $h
        (try_table (catch $e $h) (catch_all $h) (call $trap (local.get 0)))
        (return (i32.const 1)))
      (i32.const 2))
    (func (export "legacy") (param i32) (result i32)
      (try (result i32)
        (do (call $trap (local.get 0)) (i32.const 1))
        (catch_all (i32.const 2)))))`,
  (run, api) => {
    const exports = run()
    for (const name of ['f', 'legacy']) {
      const f = exports[name]!
      for (const code of [0, 1, 2, 4]) expect(thrown(() => f(code))).toBeInstanceOf(api.RuntimeError)
      expect(thrown(() => f(3))).toBeInstanceOf(RangeError)
      expect(f(5)).toBe(1)
    }
  },
)

each(
  'what JavaScript throws passes through handlers as it is',
  `(module
    (import "m" "f" (func $f))
    (tag $e)
    (func (export "again") (local $x exnref)
      (block $h (result exnref)
        (try_table (catch_all_ref $h) (call $f))
        (return))
      (local.set $x)
      (throw_ref (local.get $x)))
    (func (export "rethrow") (try (do (call $f)) (catch $e) (catch_all (rethrow 0))))
    (func (export "delegate") (try (do (try (do (try (do (call $f)) (delegate 1))) (catch_all))) (catch $e)))
    (func (export "tagged") (block $h (try_table (catch $e $h) (call $f))))
    (func (export "caught") (result i32)
      (block $h (try_table (catch_all $h) (call $f)) (return (i32.const 1)))
      (i32.const 2)))`,
  (run) => {
    let value: unknown
    const f = (): void => {
      throw value
    }
    const { again, rethrow, delegate, tagged, caught } = run({ m: { f } }) as Record<string, Func>
    const bounds = thrown(() => new DataView(new ArrayBuffer(1)).getInt32(5))
    for (value of [new Error('x'), 5, null, undefined, Number.NaN, 'text', {}, bounds]) {
      for (const pass of [again!, rethrow!, delegate!, tagged!]) {
        let seen: unknown = 'nothing'
        try {
          pass()
        } catch (error) {
          seen = error
        }
        expect(seen).toBe(value)
      }
      expect(caught!()).toBe(2)
    }
  },
)

each(
  'handlers catch the refusal to give the host what JavaScript has no value for',
  `(module
    (import "m" "f" (func $f (param v128)))
    (import "m" "f" (func $g (result exnref)))
    (func $give (call $f (v128.const i64x2 0 0)))
    (func (export "give") (call $give))
    (func (export "given") (result i32)
      (block $h (try_table (catch_all $h) (call $give)) (return (i32.const 1)))
      (i32.const 2))
    (func (export "taken") (result i32)
      (block $h (try_table (catch_all $h) (drop (call $g))) (return (i32.const 1)))
      (i32.const 2)))`,
  (run) => {
    const { give, given, taken } = run({ m: { f: () => 0 } }) as Record<string, Func>
    expect(thrown(() => give!())).toBeInstanceOf(TypeError)
    expect([given!(), taken!()]).toEqual([2, 2])
  },
)

each(
  'payloads keep their bits',
  `(module
    (tag $e (param i32 i64 f32 f64 externref i64))
    (func $throw (param i32 i64 i32 i64 externref)
      (throw $e (local.get 0) (local.get 1) (f32.reinterpret_i32 (local.get 2)) (f64.reinterpret_i64 (local.get 3))
        (local.get 4) (i64.const -2)))
    (func (export "f") (param i32 i64 i32 i64 externref) (result i32 i64 i32 i64 externref i64)
      (local $f f32) (local $d f64) (local $x externref) (local $l i64) (local $i i32) (local $m i64)
      (block $h (result i32 i64 f32 f64 externref i64)
        (try_table (catch $e $h)
          (call $throw (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
        (unreachable))
      (local.set $l) (local.set $x) (local.set $d) (local.set $f) (local.set $m) (local.set $i)
      (local.get $i) (local.get $m) (i32.reinterpret_f32 (local.get $f)) (i64.reinterpret_f64 (local.get $d))
      (local.get $x) (local.get $l)))`,
  (run) => {
    const object = {}
    const args = [-1, -5_000_000_000n, 0x7fa00001, 0x7ff4000000000001n, object]
    expect(run()['f']!(...args)).toEqual([...args, -2n])
  },
)

each(
  'globals and memory are what they were when the exception was thrown',
  `(module
    (memory 1)
    (global $sp (mut i32) (i32.const 1000))
    (tag $e)
    (func $callee (param i32)
      (global.set $sp (i32.sub (global.get $sp) (i32.const 16)))
      (if (local.get 0) (then (throw $e)))
      (global.set $sp (i32.add (global.get $sp) (i32.const 16))))
    (func $caller (param i32)
      (block $h (try_table (catch $e $h) (call $callee (local.get 0)))))
    (func (export "sum") (param i32) (result i32) (local $i i32) (local $sum i32)
      (loop $again
        (block $h
          (try_table (catch_all $h)
            (call $callee (i32.eq (local.get $i) (local.get 0)))))
        (local.set $sum (i32.add (local.get $sum) (i32.add (global.get $sp) (global.get $sp))))
        (local.set $sum (i32.add (local.get $sum) (i32.add (global.get $sp) (global.get $sp))))
        (br_if $again (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 4))))
      (global.set $sp (i32.const 1000))
      (local.get $sum))
    (func (export "outer") (param i32) (result i32) (local $i i32) (local $sum i32)
      (loop $again
        (call $caller (i32.eq (local.get $i) (local.get 0)))
        (local.set $sum (i32.add (local.get $sum) (i32.add (global.get $sp) (global.get $sp))))
        (local.set $sum (i32.add (local.get $sum) (i32.add (global.get $sp) (global.get $sp))))
        (br_if $again (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 4))))
      (global.set $sp (i32.const 1000))
      (local.get $sum))
    (func $grow (drop (memory.grow (i32.const 1))) (i32.store (i32.const 70000) (i32.const 99)) (throw $e))
    (func (export "grow") (param i32) (result i32)
      (i32.store (i32.const 0) (i32.const 5))
      (i32.store (i32.const 4) (i32.load (i32.const 0)))
      (block $h (try_table (catch_all $h) (call $grow)))
      (i32.add (i32.load (i32.add (local.get 0) (i32.const 70000))) (i32.load (local.get 0)))))`,
  (run) => {
    const { sum, outer, grow } = run() as Record<string, Func>
    expect(sum!(9)).toBe(16_000)
    expect(sum!(1)).toBe(16_000 - 16 * 4 * 3)
    expect(outer!(9)).toBe(16_000)
    expect(outer!(2)).toBe(16_000 - 16 * 4 * 2)
    expect(grow!(0)).toBe(104)
  },
)

each(
  'control leaves bodies and handlers',
  `(module
    (tag $e (param i32))
    (tag $f)
    (func $throw (param i32) (result i32)
      (if (i32.eq (local.get 0) (i32.const 1)) (then (throw $e (i32.const 10))))
      (if (i32.eq (local.get 0) (i32.const 2)) (then (throw $f)))
      (local.get 0))
    (func (export "tail") (param i32) (result i32)
      (block $h (result i32)
        (try_table (result i32) (catch $e $h) (return_call $throw (local.get 0)))))
    (func (export "return") (param i32) (result i32)
      (block $h (result i32)
        (try_table (result i32) (catch $e $h) (return (call $throw (local.get 0))))))
    (func (export "nested") (param i32) (result i32)
      (block $g
        (try_table (catch $f $g)
          (return (block $h (result i32)
            (try_table (result i32) (catch $e $h)
              (i32.add (call $throw (local.get 0)) (i32.const 100)))))))
      (i32.const -7))
    (func (export "handler") (param i32) (result i32) (local $n i32)
      (block $out
        (loop $l (result i32)
          (try (result i32)
            (do (call $throw (local.get 0)))
            (catch $e
              (i32.const 5) i32.add
              (local.set $n)
              (br_if $out (i32.gt_s (local.get $n) (i32.const 10)))
              (local.get $n))
            (catch_all
              (local.set 0 (i32.const 1))
              (br $l))))
        return)
      (local.get $n))
    (func (export "local") (param i32) (result i32)
      (block $h (result i32)
        (try_table (result i32) (catch $e $h)
          (if (local.get 0) (then (throw $e (i32.const 33))))
          (i32.const 44))))
    (func (export "outward") (param i32) (result i32)
      (try $outer (result i32)
        (do
          (try (result i32)
            (do
              (try (result i32)
                (do (call $throw (local.get 0)))
                (delegate $outer)))
            (catch_all (i32.const -1))))
        (catch $e (i32.const 1) i32.add)
        (catch_all (i32.const -2))))
    (func (export "out of the function") (param i32) (result i32)
      (try (result i32)
        (do (try (result i32) (do (call $throw (local.get 0))) (delegate 1)))
        (catch_all (i32.const -1)))))`,
  (run, api) => {
    const {
      tail,
      nested,
      handler,
      local,
      outward,
      return: returned,
      'out of the function': out,
    } = run() as Record<string, Func>
    expect(thrown(() => tail!(1))).toBeInstanceOf(api.Exception)
    expect(tail!(7)).toBe(7)
    expect(returned!(1)).toBe(10)
    expect(returned!(7)).toBe(7)
    expect([1, 2, 3].map((x) => nested!(x))).toEqual([10, -7, 103])
    expect([1, 2, 3].map((x) => handler!(x))).toEqual([15, 15, 3])
    expect([0, 1].map((x) => local!(x))).toEqual([44, 33])
    expect([1, 2, 3].map((x) => outward!(x))).toEqual([11, -2, 3])
    expect(thrown(() => out!(1))).toBeInstanceOf(api.Exception)
    expect(out!(3)).toBe(3)
  },
)

each(
  'the JavaScript API',
  `(module
    (import "m" "tag" (tag $t (param i32 i64 externref)))
    (import "m" "js" (tag $js (param externref)))
    (import "m" "f" (func $f))
    (tag (export "own") (param f64))
    (export "tag" (tag $t))
    (func (export "throw") (param i32 i64 externref) (throw $t (local.get 0) (local.get 1) (local.get 2)))
    (func (export "throw own") (param f64) (throw 2 (local.get 0)))
    (func (export "throw js") (param externref) (throw $js (local.get 0)))
    (func (export "catch") (result i32 i64 externref)
      (block $h (result i32 i64 externref)
        (try_table (catch $t $h) (call $f))
        (return (i32.const 0) (i64.const 0) (ref.null extern))))
    (func (export "catch js") (result externref)
      (block $h (result externref)
        (try_table (catch $js $h) (call $f))
        (return (ref.null extern)))))`,
  (run, api) => {
    const tag = new api.Tag({ parameters: ['i32', 'i64', 'externref'] })
    let value: unknown
    const f = (): void => {
      throw value
    }
    const exports = run({ m: { tag, js: api.JSTag, f } }) as Record<string, Func> & { own: object; tag: object }
    const object = {}
    expect(exports.tag).toBe(tag)
    expect(exports.own).toBeInstanceOf(api.Tag)
    const e = thrown(() => exports['throw']!(-1, 5n, object)) as unknown as InstanceType<typeof api.Exception>
    expect(e).toBeInstanceOf(api.Exception)
    expect(e.is(tag)).toBe(true)
    expect(e.is(exports.own)).toBe(false)
    expect([0, 1, 2].map((i) => e.getArg(tag, i))).toEqual([-1, 5n, object])
    expect(() => e.getArg(exports.own, 0)).toThrow(TypeError)
    expect(() => e.getArg(tag, 3)).toThrow(RangeError)
    expect(e.stack).toBe(undefined)
    const own = thrown(() => exports['throw own']!(0.5)) as unknown as InstanceType<typeof api.Exception>
    expect(own.getArg(exports.own, 0)).toBe(0.5)
    expect(thrown(() => exports['throw js']!(object))).toBe(object)
    value = new api.Exception(tag, [7.9, -1n, object])
    expect(exports['catch']!()).toEqual([7, -1n, object])
    expect(thrown(() => exports['catch js']!())).toBe(value)
    value = object
    expect(exports['catch js']!()).toBe(object)
    expect(() => new api.Exception(api.JSTag as never, [object])).toThrow(TypeError)
    expect(() => new api.Exception(tag, [1, 2n])).toThrow(TypeError)
    expect(() => new api.Exception(tag, [1, 2, 3])).toThrow(TypeError)
    const Traced = api.Exception as unknown as new (...args: unknown[]) => Error
    const traced = new Traced(tag, [1, 2n, 3], { traceStack: true })
    expect(typeof traced.stack).toBe('string')
    expect(() => run({ m: { tag: new api.Tag({ parameters: ['i32'] }), js: api.JSTag, f } })).toThrow(api.LinkError)
    expect(() => run({ m: { tag: {}, js: api.JSTag, f } })).toThrow(api.LinkError)
  },
)

each(
  'what is thrown in tries in each other is caught by the clause of its tag, again and again',
  `(module
    (tag $a (param i32)) (tag $b (param i32)) (tag $c)
    (func (export "f") (param i32) (result i32)
      (block $outerA (result i32)
        (block $outerB (result i32)
          (try_table (result i32) (catch $a $outerA) (catch $b $outerB)
            (block $innerA (result i32)
              (block $all
                (try_table (result i32) (catch_all $all)
                  (try_table (result i32) (catch $a $innerA)
                    (if (i32.eq (local.get 0) (i32.const 1)) (then (throw $a (i32.const 10))))
                    (if (i32.eq (local.get 0) (i32.const 2)) (then (throw $c)))
                    (block (if (i32.eq (local.get 0) (i32.const 3)) (then (throw $a (i32.const 11)))))
                    (if (i32.eq (local.get 0) (i32.const 4)) (then (throw $b (i32.const 12))))
                    (i32.const 0)))
                (br $innerA))
              (if (i32.eq (local.get 0) (i32.const 4)) (then (throw $b (i32.const 20))))
              (i32.const 30))
            (if (param i32) (i32.eq (local.get 0) (i32.const 3)) (then (throw $a)) (else (drop)))
            (if (i32.eq (local.get 0) (i32.const 5)) (then (throw $b (i32.const 40))))
            (i32.add (local.get 0) (i32.const 50))))
        (return (i32.add (i32.const 1000))))
      (i32.add (i32.const 2000))))`,
  (run) => {
    const { f } = run()
    expect([0, 1, 2, 3, 4, 5].map((x) => f!(x))).toEqual([1050, 1051, 1052, 2011, 1020, 1040])
  },
)
