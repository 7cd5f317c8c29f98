// The build step after `tsc`: dist/runtime/*.js -> dist/runtime.js, which the linker imports as `#runtime`. What is left there of
// a source that has another name by now is not taken.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundle.ts'
import { compact } from './compact.ts'

const dist = fileURLToPath(new URL('../../', import.meta.url))
const folder = `${dist}runtime/`
const files = new Map<string, string>()
for (const source of readdirSync(`${dist}../runtime`)) {
  if (!source.endsWith('.ts')) continue
  const file = source.replace(/ts$/, 'js')
  files.set(file, readFileSync(folder + file, 'utf8'))
}
const { version } = JSON.parse(readFileSync(`${dist}../package.json`, 'utf8'))
const declarations = bundle(files).map((declaration) => {
  const { text, es5, es2020 } = declaration
  return {
    ...declaration,
    text: compact(text),
    ...(es5 !== undefined && { es5: compact(es5) }),
    ...(es2020 && { es2020: { ...es2020, text: compact(es2020.text) } }),
  }
})
const table = declarations.map((declaration) => `  ${JSON.stringify(declaration)},`).join('\n')
writeFileSync(
  `${dist}runtime.js`,
  `export const version = ${JSON.stringify(version)}\nexport const declarations = [\n${table}\n]\n`,
)
