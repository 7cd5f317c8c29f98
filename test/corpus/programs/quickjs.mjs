// The QuickJS engine: runs JavaScript inside the Wasm, calls out to the host and back, and meets its limits.
export async function run() {
  const { newQuickJSWASMModuleFromVariant } = await import('quickjs-emscripten-core')
  const { default: variant } = await import('@jitl/quickjs-wasmfile-release-sync')
  const quickjs = await newQuickJSWASMModuleFromVariant(variant)
  const context = quickjs.newContext()
  const calls = []
  const log = context.newFunction('log', (...values) => {
    calls.push(values.map((value) => context.dump(value)))
    return context.newNumber(calls.length / 4)
  })
  context.setProp(context.global, 'log', log)
  const results = SCRIPTS.map((script) => dump(context, context.evalCode(script)))
  context.runtime.setMemoryLimit(1 << 20)
  const limited = dump(context, context.evalCode('let s = "x"; for (;;) s += s + s'))
  return { results, calls, limited }
}

function dump(context, { value, error }) {
  const { stack, ...rest } = error ? context.dump(error) : { value: context.dump(value) }
  return rest
}

const SCRIPTS = [
  '[1.1 + 2.2, 0.1 * 3, -0, 1e21, 5e-324, NaN, (25).toString(7), 123.456.toFixed(1), Math.hypot(3, 4), 2 ** -1074]',
  'let sum = 0; for (let i = 0; i < 300000; i++) sum = (sum * 31 + i ^ i >>> 3) | 0; sum',
  'String(2n ** 200n % 1000000007n) + BigInt.asIntN(64, 2n ** 63n)',
  '[..."a1b22c333".matchAll(/(?<l>[a-z])(\\\\d+)/gu)].map(m => m.groups.l + m[2].length)'.replaceAll('\\\\', '\\'),
  'JSON.stringify({ d: new Date(Date.UTC(2024, 1, 29)), m: [...new Map([[1, { a: [] }]])], s: "\\u2028\\ud83d" })',
  'class A { #x = 1; get x() { return this.#x } static y = [...(function* () { yield* [3, 2, 1] })()].sort() }; A.y',
  'log("one", { two: [2, null] }) + log(() => 3)',
  'null.property',
  '(function deep(n) { return n ? 1 + deep(n - 1) : 0 })(500)',
]
