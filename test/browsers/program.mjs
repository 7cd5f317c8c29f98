// The program that runs in threads: each adds to counters of 32 and of 64 bits, and waits for the others. One module makes
// the memory, the other takes it.
import wabt from 'wabt'

/** How often each thread adds. */
export const ROUNDS = 5000

const MAKER = `(module
  (memory (export "memory") 1 8 shared)
  (func (export "count") (result i32) (i32.atomic.load (i32.const 0)))
  (func (export "sum") (result i64) (i64.atomic.load (i32.const 8)))
  (func (export "size") (result i32) (memory.size))
  (func (export "far") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "wait") (result i32) (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const 0))))`

const THREAD = `(module
  (import "env" "memory" (memory 1 8 shared))
  ;; Adds in rounds, grows the memory by a page, leaves its number at the end of it, and waits until all have come so far.
  (func (export "run") (param $number i32) (param $rounds i32) (param $threads i32) (result i32)
    (local $i i32) (local $page i32)
    (loop $next
      (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
      (drop (i64.atomic.rmw.add (i32.const 8) (i64.const 0x100000001)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $rounds))))
    (local.set $page (memory.grow (i32.const 1)))
    (i32.store (i32.mul (local.get $page) (i32.const 65536)) (local.get $number))
    (if (i32.eq (i32.add (i32.atomic.rmw.add (i32.const 20) (i32.const 1)) (i32.const 1)) (local.get $threads))
      (then
        (i32.atomic.store (i32.const 16) (i32.const 1))
        (drop (memory.atomic.notify (i32.const 16) (i32.const -1))))
      (else (drop (memory.atomic.wait32 (i32.const 16) (i32.const 0) (i64.const -1)))))
    (i32.add (local.get $page) (i32.mul (i32.const 100) (i32.load (i32.mul (local.get $page) (i32.const 65536)))))))`

const tools = await wabt()

function binary(text) {
  const parsed = tools.parseWat('program.wat', text, { threads: true })
  try {
    return new Uint8Array(parsed.toBinary({}).buffer)
  } finally {
    parsed.destroy()
  }
}

/** The outputs as files, by their paths. */
export async function outputs() {
  const { compile } = await import(new URL('../../dist/src/index.js', import.meta.url).href)
  const [maker, thread] = [MAKER, THREAD].map(binary)
  return {
    '/maker.mjs': compile(maker, { format: 'esm' }).code,
    '/thread.mjs': compile(thread, { format: 'esm' }).code,
    '/thread.js': compile(thread, { format: 'iife', name: 'thread' }).code,
    '/thread.es5.js': compile(thread, { format: 'iife', name: 'thread', target: 'es5' }).code,
  }
}
