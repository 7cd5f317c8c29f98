// The documents are true where a machine can tell: links, commands, folders, the feature table.

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FEATURES, type Feature, stateOf } from '../../src/0-wasm/features.ts'
import { isCompiled, ops } from '../../src/0-wasm/ops/index.ts'
import { root, textOf, trackedFiles } from './tree.ts'

const documents = trackedFiles().filter((path) => path.endsWith('.md'))

/** `[path, match]` for every match of a pattern in every document. */
const matches = (pattern: RegExp): [string, string][] =>
  documents.flatMap((path) => [...textOf(path).matchAll(pattern)].map(([, found]): [string, string] => [path, found!]))

describe('documents', () => {
  it('link to files that exist', () => {
    const links = matches(/\]\((?!https?:|#)([^)#]+)/g)
    expect(links.length).toBeGreaterThan(5)
    expect(links.filter(([path, to]) => !existsSync(join(root, dirname(path), to)))).toEqual([])
  })

  it('link to headings that there are', () => {
    // As GitHub makes them of headings.
    const slug = (heading: string) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-')
    const anchorsOf = (path: string) => [...textOf(path).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => slug(heading!))
    const links = matches(/\]\((?!https?:)([^)#]*#[^)]+)\)/g).map(([path, link]) => [path, ...link.split('#')] as const)
    expect(links.length).toBeGreaterThan(10)
    const isThere = (path: string, to: string, anchor: string) =>
      anchorsOf(to === '' ? path : join(dirname(path), to)).includes(anchor)
    expect(links.filter(([path, to, anchor]) => !isThere(path, to!, anchor!))).toEqual([])
  })

  it('name scripts that package.json has', () => {
    const { scripts } = JSON.parse(textOf('package.json'))
    const named = matches(/\bnpm run ([\w:]+)/g)
    expect(named.map(([, script]) => script)).toContain('demo')
    expect(named.filter(([, script]) => scripts[script] === undefined)).toEqual([])
  })

  it('name files and folders that exist', () => {
    const named = matches(/`((?:src|runtime|test|docs|examples|\.ci)\/[\w./-]+)`/g)
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter(([, path]) => !existsSync(join(root, path)))).toEqual([])
  })
})

describe('the API table of the README', () => {
  const rows = [...textOf('README.md').matchAll(/^\| `(nowasm[\w/]*)` \| (?:`(\w+)[^`]*`)? ?\| [^|]+ \|$/gm)]

  it('names all that the package exports, and nothing else', async () => {
    const { exports } = JSON.parse(textOf('package.json')) as { exports: Record<string, { default?: string }> }
    for (const [path, { default: file }] of Object.entries(exports)) {
      const named = rows.filter(([, entry]) => entry === path.replace('.', 'nowasm')).map(([, , name]) => name)
      // Those that only do something have a row without a name. Polyfills are not loaded here.
      const names =
        file && !/polyfill|force|install/.test(file) ? Object.keys(await import(join(root, file))) : [undefined]
      expect([path, named.sort()]).toEqual([path, names.sort()])
    }
  })
})

describe('the feature table of the README', () => {
  const rows = [...textOf('README.md').matchAll(/^\| [^|`]+ \| `([\w-]+)` \| (yes|not yet) \|$/gm)]
  const having = (answer: string): string[] => rows.filter((row) => row[2] === answer).map((row) => row[1]!)

  it('says "not yet" of what the compiler refuses', () => {
    const names = Object.keys(FEATURES) as Feature[]
    expect(having('not yet').sort()).toEqual(names.filter((name) => stateOf(name) !== 'compiled').sort())
  })

  it('says "yes" of every feature whose instructions are compiled', () => {
    const compiled = new Set(ops.filter(isCompiled).map((op) => op.feature))
    expect([...compiled].filter((feature) => !having('yes').includes(feature))).toEqual([])
  })
})
