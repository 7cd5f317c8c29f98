// The component model's own tools: wasm-tools and the generator of bindings, themselves components in Rust that were split into core
// modules, which share tables and memories, behind a loader with a host of its own (WASI preview 2).
import { digest } from '../../inputs.mjs'

/** They are not for everybody, so not among the package's exports. */
const VENDOR = new URL('../node_modules/@bytecodealliance/jco-transpile/vendor/', import.meta.url)

export async function run() {
  const { $init, tools } = await import(new URL('wasm-tools.js', VENDOR))
  await $init
  const results = []
  const attempt = (action) => {
    try {
      const value = action()
      results.push(typeof value === 'string' && value.length < 600 ? value : [value.length, digest(value)])
      return value
    } catch (error) {
      results.push(String(error.payload ?? error.message ?? error))
    }
  }
  const core = attempt(() => tools.parse(CORE))
  attempt(() => tools.print(core))
  const component = attempt(() => tools.parse(COMPONENT))
  attempt(() => tools.print(component))
  attempt(() => tools.componentWit(component))
  attempt(() => tools.componentNew(core, []))
  attempt(() => tools.parse('(module (func (export "a") local.get 3'))
  attempt(() => tools.print(Uint8Array.of(0, 97, 115, 109, 9)))
  const { $init: ready, generate } = await import(new URL('js-component-bindgen-component.js', VENDOR))
  await ready
  const options = {
    name: 'it',
    noTypescript: false,
    noNodejsCompat: false,
    instantiation: { tag: 'async' },
    map: [],
    tlaCompat: false,
    base64Cutoff: 0,
  }
  const { files, exports } = generate(component, options)
  results.push(
    files.map(([name, bytes]) => [name, bytes.length, digest(bytes)]),
    exports,
  )
  return results
}

const CORE = `(module (memory (export "memory") 1) (table 4 funcref) ${Array.from(
  { length: 300 },
  (_, i) => `(func $f${i} (export "f${i}") (param i32 i64) (result i64) (local f64)
    (block (loop (br_if 1 (i32.eqz (local.get 0))) (local.set 1 (i64.mul (local.get 1) (i64.const ${i * 1e15})))
    (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br 0))) (f64.store offset=${i} (i32.const 8) (f64.const ${i / 7})) (local.get 1))`,
).join('\n')} (elem (i32.const 0) $f1 $f2) (data (i32.const 100) "text \\00\\ff"))`

const COMPONENT = `(component
  (type $point (record (field "x" u32) (field "name" string)))
  (import "host" (instance $host (export "log" (func (param "text" string)))))
  (core module $m (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) i32.const 64)
    (func (export "run") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))
  (core instance $i (instantiate $m))
  (func $run (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "run")))
  (func $length (param "s" string) (result u32)
    (canon lift (core func $i "run") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
  (export "run" (func $run)) (export "length" (func $length)))`
