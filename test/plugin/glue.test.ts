import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parserFor, rewriteGlue } from '../../src/plugin/glue.ts'

const folder = mkdtempSync(join(tmpdir(), 'nowasm-glue-'))
writeFileSync(join(folder, 'x.wasm'), '')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = join(folder, 'glue.js')
const rewrite = (code: string): string | undefined =>
  rewriteGlue(code, file, parserFor('webpack', undefined, file))?.code

describe('is rewritten', () => {
  test.each([
    ['a default import', `import load from './x.wasm'`, `import load from "./x.wasm?nowasm=default"`],
    [
      'a default import among others',
      `import load, { add as a, b } from './x.wasm'`,
      `import { add as a, b } from './x.wasm'\nimport load from "./x.wasm?nowasm=default";`,
    ],
    [
      'a default import beside the namespace',
      `import load, * as x from './x.wasm'`,
      `import * as x from './x.wasm'\nimport load from "./x.wasm?nowasm=default";`,
    ],
    ['an import of the source', `import source m from './x.wasm'`, `import  m from "./x.wasm?nowasm=source"`],
    ['one named from', `import source from from './x.wasm'`, `import  from from "./x.wasm?nowasm=source"`],
    [
      'a dynamic import of the source',
      `const m = await import.source('./x.wasm')`,
      `const m = await import("./x.wasm?nowasm=source").then((m) => m.default)`,
    ],
    [
      'an address',
      `fetch(new URL('x.wasm', import.meta.url)); new URL(\`./x.wasm\`, import.meta.url)`,
      `fetch(new URL(nowasm_url0)); new URL(nowasm_url0)\nimport nowasm_url0 from "./x.wasm?url";`,
    ],
  ])('%s', (_, code, expected) => {
    expect(rewrite(code)).toBe(expected)
  })

  test('with a map to what it was', () => {
    const result = rewriteGlue(`\nimport load from './x.wasm'`, file, parserFor('esbuild', undefined, file))!
    expect(result.map.sources).toEqual([file])
    expect(result.map.mappings).not.toBe('')
  })
})

test.each([
  `import * as x from './x.wasm'`,
  `import { add } from './x.wasm'`,
  `import './x.wasm'`,
  `import url from './x.wasm?url'`,
  `import source from './x.wasm.js'`,
  `import load from './x.js' // x.wasm`,
  `const text = "import source m from './x.wasm'"`,
  `// import.source('./x.wasm')`,
  `new URL('y.wasm', import.meta.url)`,
  `new URL('https://example.com/x.wasm', import.meta.url)`,
  `new URL('/x.wasm', import.meta.url)`,
  `new URL('x.wasm', location.href)`,
  `this is no JavaScript: './x.wasm'`,
])('%s stays as it is', (code) => {
  expect(rewrite(code)).toBeUndefined()
})

test('an import named source is none of the source phase', () => {
  expect(rewrite(`import source from './x.wasm'`)).toBe(`import source from "./x.wasm?nowasm=default"`)
})
