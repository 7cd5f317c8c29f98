import { expect, test } from 'vitest'
import { assetFile, parseRequest, specifierFor } from '../../src/plugin/requests.ts'

test.each([
  ['./x.wasm', 'namespace'],
  ['./x.wasm?nowasm=namespace', 'namespace'],
  ['./x.wasm?nowasm=default', 'default'],
  ['./x.wasm?nowasm=source', 'source'],
  ['./x.wasm?module', 'source'],
  ['./x.wasm?init', 'init'],
  ['./x.wasm?url', 'url'],
  ['./x.wasm?import&init&t=17', 'init'],
  ['./x.wasm?v=1', 'namespace'],
])('%s asks for %s', (specifier, kind) => {
  expect(parseRequest(specifier)).toEqual({ path: './x.wasm', kind })
})

test.each(['/c#/app/x.wasm', '/a?b/x.wasm', '/plain/x.wasm'])('of %s the whole path is meant', (path) => {
  expect(parseRequest(path)).toEqual({ path, kind: 'namespace' })
  expect(parseRequest(`${path}?init`)).toEqual({ path, kind: 'init' })
  // As webpack and Rspack write it.
  for (const mark of ['\0', '\u200b'])
    expect(parseRequest(`${path.replace(/[?#]/g, `${mark}$&`)}?init`)).toEqual({ path, kind: 'init' })
})

test.each([
  './x.js',
  './x.wasm.js',
  './x.wasm?raw',
  './x.wasm?url&no-inline',
  './x.wasm?nowasm=asset',
  './x.wasm?url=1',
  'https://example.com/x.wasm',
  '//example.com/x.wasm',
  'data:application/wasm;base64,x.wasm',
  '\0x.wasm',
  './c#/x.wasm',
  '/a\0/x.wasm',
])('%s is not asked of this plugin', (specifier) => {
  expect(parseRequest(specifier)).toBeUndefined()
})

test('what is asked for is understood', () => {
  for (const kind of ['namespace', 'source', 'default', 'url'] as const) {
    expect(parseRequest(specifierFor('a/b.wasm', kind))).toEqual({ path: 'a/b.wasm', kind })
  }
  expect(assetFile('/a/b.wasm?nowasm=asset')).toBe('/a/b.wasm')
  expect(assetFile('/a/b.wasm')).toBeUndefined()
})
