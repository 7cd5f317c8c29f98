// QuickJS in a build with Asyncify: functions of the host are waited for in the middle of a script, with its stack unwound and wound again.
export async function run() {
  const { newQuickJSAsyncWASMModuleFromVariant } = await import('quickjs-emscripten-core')
  const variant = await import('@jitl/quickjs-wasmfile-release-asyncify')
  const quickjs = await newQuickJSAsyncWASMModuleFromVariant(variant.default)
  const runtime = quickjs.newRuntime()
  const loaded = []
  runtime.setModuleLoader(async (name) => {
    loaded.push(name)
    await new Promise((done) => setTimeout(done, 1))
    return `export const name = ${JSON.stringify(name)}; export default (x) => x * ${name.length}`
  })
  const context = runtime.newContext()
  const waits = context.newAsyncifiedFunction('later', async (handle) => {
    const value = context.getNumber(handle)
    await new Promise((done) => setTimeout(done, 1))
    if (value === 13) throw new Error('unlucky')
    return context.newNumber(value * 2)
  })
  waits.consume((fn) => context.setProp(context.global, 'later', fn))
  const results = []
  for (const script of SCRIPTS) {
    const outcome = await context.evalCodeAsync(script, 'main.js', {
      type: /^import/.test(script) ? 'module' : 'global',
    })
    const value = outcome.error ?? outcome.value
    results.push([Boolean(outcome.error), context.dump(value)?.stack ?? context.dump(value)])
    value.dispose()
  }
  results.push(context.getProp(context.global, 'sum').consume(context.dump), loaded)
  return results
}

const SCRIPTS = [
  'later(21)',
  'let total = 0; for (let i = 0; i < 40; i++) if (i !== 13) total += later(i); total',
  'function deep(n) { return n === 0 ? later(1) : deep(n - 1) + later(n % 3) } deep(30)',
  'try { later(13) } catch (error) { error.message }',
  '[5, 3, 8, 1].sort((a, b) => later(a) - later(b)).join()',
  'JSON.stringify({ a: 1, b: [1, 2, { c: 3 }] }, (key, value) => typeof value === "number" ? later(value) : value)',
  '"x-y-z".replace(/[a-z]/g, (letter) => letter + later(letter.charCodeAt(0)))',
  `import a, { name } from 'first'; import b from 'the second'; globalThis.sum = name + a(b(3)) + later(4)`,
  'later(1) +',
]
