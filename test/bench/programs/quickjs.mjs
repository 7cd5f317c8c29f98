// QuickJS runs JavaScript inside the Wasm: numbers, objects, strings, regular expressions, sorting.
export async function start() {
  const { newQuickJSWASMModuleFromVariant } = await import('quickjs-emscripten-core')
  const { default: variant } = await import('@jitl/quickjs-wasmfile-release-sync')
  const context = (await newQuickJSWASMModuleFromVariant(variant)).newContext()
  context.unwrapResult(context.evalCode(SCRIPT)).dispose()
  return () => {
    const result = context.unwrapResult(context.evalCode('work()'))
    const text = context.dump(result)
    result.dispose()
    return text
  }
}

const SCRIPT = `
function numbers() { let s = 0; for (let i = 0; i < 1200000; i++) s = (s * 31 + i ^ i >>> 3) | 0; return s }
function floats() { let x = 0.5; for (let i = 0; i < 300000; i++) x = 3.7 * x * (1 - x); return x }
function objects() {
  class Point { constructor(x, y) { this.x = x; this.y = y } add(p) { return new Point(this.x + p.x, this.y + p.y) } }
  let p = new Point(0, 0); const q = new Point(1, 2)
  for (let i = 0; i < 60000; i++) p = p.add(q)
  return p.x + p.y
}
function strings() {
  const words = []; for (let i = 0; i < 8000; i++) words.push('w' + (i * 7919) % 8009)
  words.sort(); const map = new Map(words.map((w, i) => [w, i]))
  return words.join(' ').replace(/w(\\\\d)(\\\\d+)/g, (_, a, b) => b + a).length + map.get('w77')
}
function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }
function work() { return [numbers(), floats(), objects(), strings(), fib(23), JSON.stringify(JSON.parse(JSON.stringify(
  Array.from({ length: 2000 }, (_, i) => ({ i, s: 'x' + i, a: [i / 3] }))))).length].join() }`.replaceAll('\\\\', '\\')
