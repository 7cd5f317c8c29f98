// Your own module, from its text to JavaScript through the API: node examples/wat/main.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { compile } from 'nowasm'
import wabt from 'wabt'

const text = readFileSync(new URL('./math.wat', import.meta.url), 'utf8')
const { parseWat } = await wabt()
const { buffer } = parseWat('math.wat', text).toBinary({ write_debug_names: true })

const { code, dts, exports } = compile(buffer, { names: true, dts: true })
const file = new URL('./dist/math.mjs', import.meta.url)
mkdirSync(new URL('.', file), { recursive: true })
writeFileSync(file, code)
writeFileSync(new URL('./dist/math.d.mts', import.meta.url), dts)
console.log('exports:', exports.map(({ name }) => name).join(', '))

const { instantiate } = await import(file)
const log = (n, factorial) => console.log(`${n}! = ${factorial}`)
const { add, fib, factorials, divide } = instantiate({ console: { log } }).exports

console.log('add(2147483647, 1) =', add(2147483647, 1))
console.log('fib(20) =', fib(20))
factorials(20)
console.log('divide(-17, 5) =', divide(-17, 5).join(', '))
try {
  divide(1, 0)
} catch (error) {
  console.log(`divide(1, 0): ${error.name}: ${error.message}`)
}
