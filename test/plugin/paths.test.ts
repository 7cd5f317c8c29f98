import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { completeOptions } from '../../src/options.ts'
import { Cache } from '../../src/plugin/cache.ts'
import { withoutQuery } from '../../src/plugin/paths.ts'

const root = mkdtempSync(join(tmpdir(), 'nowasm-paths-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Windows has no `?` in names. */
const FOLDERS = process.platform === 'win32' ? ['app', 'c#', 'c# #'] : ['app', 'c#', 'c# #', 'a?b', 'a?b#c']

test.each(FOLDERS)('a file in a folder %s is told from its query', (name) => {
  const file = join(root, name, 'main.js')
  mkdirSync(join(root, name))
  writeFileSync(file, '')
  for (const rest of ['', '?v=1', '#x', '?a#b', '?a=/b?c']) {
    expect(withoutQuery(`${file}${rest}`)).toBe(file)
    for (const mark of ['\0', '\u200b']) expect(withoutQuery(`${file.replace(/[?#]/g, `${mark}$&`)}${rest}`)).toBe(file)
  }
})

test('what is no file ends where a query may begin', () => {
  expect(withoutQuery('/none/x.js?a#b')).toBe('/none/x.js')
  expect(withoutQuery('\0virtual:x?a')).toBe('\0virtual:x')
  expect(withoutQuery(`${root}?x`)).toBe(root)
})

test('a folder beside the cache, whose name begins alike, is none of it', () => {
  const cache = new Cache(join(root, 'cache'), completeOptions())
  expect(cache.has(join(root, 'cache/0/x.mjs'))).toBe(true)
  expect(cache.has(join(root, 'cache-of-app/x.mjs'))).toBe(false)
})
