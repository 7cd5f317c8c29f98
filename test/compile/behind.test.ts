// What changes behind a function's back: a memory grows, or a global is set, by what is called in the middle of something
// else. Whatever the function keeps of them in variables is read again, and it does what the native engine does.

import { describe, expect, test } from 'vitest'
import { wat } from '../wat.ts'
import { load, SETTINGS } from './load.ts'

type Export = (...args: number[]) => number
type Exports = Record<string, Export> & { m: WebAssembly.Memory }

const ALL = [...SETTINGS, { engine: 'jit', optimize: 1 }, { engine: 'jit', optimize: 3 }] as const

/** A module whose import `act` calls its own exports, natively and compiled. */
function both(text: string, act: (exports: Exports) => number, options: (typeof ALL)[number]): [Exports, Exports] {
  const instances = [
    (imports: WebAssembly.Imports) => new WebAssembly.Instance(new WebAssembly.Module(wat(text)), imports),
    load(text, options),
  ].map((instantiate) => {
    const { exports } = instantiate({ e: { act: () => act(exports as Exports) } })
    return exports as Exports
  })
  return instances as [Exports, Exports]
}

/** The loop makes views worth variables of their own. */
const growing = (body: string): string => `(module
  (import "e" "act" (func $act (result i32)))
  (memory (export "m") 1 9)
  (func (export "f") (param $x i32) (result i32) (local $i i32)
    (loop $again
      (i32.store (local.get $i) (i32.add (i32.load (local.get $i)) (i32.load offset=4 (local.get $i))))
      (br_if $again (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 400))))
    ${body}
    (i32.store (i32.const 2048) (i32.const 77))
    (i32.store (i32.const 70000) (i32.const 78))
    (local.get $x)))`

const GROWING: Record<string, string> = {
  'a call': '(drop (call $act))',
  'the condition of an if': '(if (call $act) (then (local.set $x (i32.const 5))))',
  'that of an if whose arms give the same local':
    '(local.set $x (if (result i32) (call $act) (then (local.get $x)) (else (local.get $x))))',
  'a branch whose ways give the same local': `(local.set $x
    (block $b (result i32) (block $a (br_if $a (call $act)) (br $b (local.get $x))) (local.get $x)))`,
  'the index of a table of branches':
    '(block $a (block $b (br_table $a $b $a (call $act))) (local.set $x (i32.const 6)))',
  'a value that is set': '(local.set $x (i32.mul (local.get $x) (call $act)))',
  'what a select goes by': '(local.set $x (select (local.get $x) (i32.const 3) (call $act)))',
  'a store': '(i32.store (i32.const 4096) (call $act))',
}

describe.each(Object.entries(GROWING))('a memory grows in %s', (_, body) => {
  test.each(ALL)('$engine -O$optimize', (options) => {
    for (const isSeen of [true, false]) {
      const seen: unknown[] = []
      for (const exports of both(growing(body), ({ m }) => m.grow(1), options)) {
        const { m, f } = exports
        const before = isSeen ? m.buffer.byteLength : 0
        const words = (): Int32Array => new Int32Array(m.buffer)
        seen.push([before, f!(4), words()[512], words()[17500], words()[1024]])
      }
      expect(seen[1]).toEqual(seen[0])
    }
  })
})

/** The loop makes globals worth registers. */
const setting = (body: string): string => `(module
  (import "e" "act" (func $act (result i32)))
  (global $a (mut i32) (i32.const 1))
  (global $b (mut i32) (i32.const 0))
  (func (export "set") (param i32) (global.set $a (local.get 0)))
  (func (export "f") (param $n i32) (result i32) (local $s i32)
    ${body}
    (loop $again
      (local.set $s (i32.add (local.get $s) (i32.add (global.get $a) (i32.mul (global.get $b) (i32.const 1000)))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $s)))`

const SETTING: Record<string, string> = {
  'a call': '(drop (call $act))',
  'what another global is set to': '(global.set $b (call $act))',
  'what it is set to itself': '(global.set $a (call $act))',
  'a value that is set': '(local.set $s (i32.add (global.get $a) (call $act)))',
  'the condition of an if': '(if (call $act) (then (local.set $s (i32.const 5))))',
  'the index of a table of branches':
    '(block $a (block $b (br_table $a $b $a (call $act))) (local.set $s (i32.const 6)))',
}

describe.each(Object.entries(SETTING))('a global is set in %s', (_, body) => {
  test.each(ALL)('$engine -O$optimize', (options) => {
    const act = ({ set }: Exports): number => {
      set!(100)
      return 7
    }
    const [native, compiled] = both(setting(body), act, options)
    expect(compiled['f']!(3)).toBe(native['f']!(3))
  })
})
