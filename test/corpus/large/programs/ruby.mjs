// CRuby on WASI: C whose longjmp and fibers are done by Asyncify, with a garbage collector that scans the stack, on node:wasi's own calls.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export async function run() {
  const require = createRequire(import.meta.url)
  const { RubyVM } = await import('@ruby/wasm-wasi')
  const { File, OpenFile, PreopenDirectory, WASI } = await import('@bjorn3/browser_wasi_shim')
  const file = readFileSync(require.resolve('@ruby/3.4-wasm-wasi/dist/ruby.wasm'))
  const module = await WebAssembly.compile(file)
  const files = [0, 1, 2].map(() => new OpenFile(new File([])))
  const wasi = new WASI([], ['RUBY_FREE_AT_EXIT=0'], [...files, new PreopenDirectory('/', new Map())], { debug: false })
  const { vm } = await RubyVM.instantiateModule({ module, wasip1: wasi })
  const results = []
  for (const script of SCRIPTS) {
    try {
      results.push(vm.eval(script).toString())
    } catch (error) {
      results.push(String(error.message).split('\n').slice(0, 3))
    }
  }
  const written = files.slice(1).map(({ file }) => new TextDecoder().decode(file.data))
  return [results, written]
}

const SCRIPTS = [
  'RUBY_VERSION',
  '(1..20).each_with_object({}) { |i, h| h[i] = i ** i }.values.last(3).inspect',
  'def fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2); fib(18)',
  'fiber = Fiber.new { |x| loop { x = Fiber.yield(x * 2) } }; (1..5).map { |i| fiber.resume(i) }.inspect',
  'e = Enumerator.new { |y| a, b = 0, 1; loop { y << a; a, b = b, a + b } }; [e.next, e.next, e.next, e.lazy.select(&:even?).first(5)].inspect',
  'catch(:done) { 10.times { |i| 10.times { |j| throw :done, [i, j] if i * j == 42 } } }.inspect',
  'begin; Integer("x1"); rescue ArgumentError => e; e.message; ensure; $seen = true; end',
  '100.times.map { |i| begin; raise "odd" if i.odd?; i; rescue; -i; end }.sum.to_s + $seen.inspect',
  '"The quick brown fox".scan(/(?<w>\\w+)/).flatten.map(&:capitalize).sort_by { |w| [-w.size, w] }.join(" ") + "straße".upcase',
  '[3, 1, 2].pack("n*").unpack("C*").inspect + format("%08.3f|%-5s|%+x", 3.14159, "ab", 255) + (0.1 + 0.2).to_s',
  'Point = Struct.new(:x, :y) { def +(o) = Point.new(x + o.x, y + o.y) }; (Point.new(1, 2) + Point.new(3r / 4, 2i)).inspect',
  'case { name: "a", list: [1, [2, 3]] } in { name: String => n, list: [Integer, [*, last]] } then [n, last].inspect end',
  'def deep(n) = deep(n + 1) + 1; begin; deep(0); rescue SystemStackError => e; e.class.to_s; end',
  'objects = 20000.times.map { |i| "s#{i}" * 3 }; GC.start; objects.each_slice(7).map(&:last).map(&:hash).uniq.size',
  'puts "out"; warn "err"; $stdout.printf("%d\\n", 2 ** 70)',
  'raise TypeError, "at the end"',
  'x = = 1',
]
