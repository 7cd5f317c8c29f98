// Lexes a large ES module and a small one with every kind of import.
import { digest, packageFile } from '../inputs.mjs'

const SMALL = `import a, { b as c } from 'x'; import d from './d.json' with { type: 'json' }
const e = await import('y' + c); import.meta.url; export * as f from "z\\u0020"; export { a as default, 'q r' as g }
export const h = /[/]/g, i = \`\${a + \`\${import('w')}\`}\`; export async function* j () {}`

/** Names that are string literals. */
export const evaluatesText = true

export async function run() {
  const { init, parse } = await import('es-module-lexer')
  await init
  const large = packageFile('assemblyscript/dist/assemblyscript.js').toString()
  const rounds = Array.from({ length: 5 }, () => digest(JSON.stringify(parse(large))))
  return { small: parse(SMALL), rounds, error: errorOf(() => parse('import { a from "b"')) }
}

function errorOf(action) {
  try {
    return action()
  } catch (error) {
    return String(error)
  }
}
