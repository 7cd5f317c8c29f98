// The folders of src are floors: a file imports from its own floor or a lower one, and packages live on few floors.

import { describe, expect, it } from 'vitest'
import { type Import, importsUnder, textOf, trackedFiles } from './tree.ts'

const TOP = 8

/** `src/6-emit/print.ts` stands on floor 6; `src/cli.ts` and `src/cli/run.ts` at the top. */
const floorOf = (path: string): number => Number(/^src\/(\d)-/.exec(path)?.[1] ?? TOP)

/** Who may import a package: a file, or every file under a folder. Packages not listed are for no one. */
const PACKAGES: Record<string, readonly string[]> = {
  acorn: ['src/7-link/', 'src/interpret/', 'src/plugin/'],
  'magic-string': ['src/7-link/', 'src/plugin/'],
  unplugin: ['src/plugin.ts', 'src/plugin/'],
  estree: ['src/6-emit/', 'src/7-link/'],
  '@noble/hashes': ['src/7-link/', 'src/aot/'],
  yargs: ['src/cli.ts', 'src/cli/'],
  '#runtime': ['src/7-link/', 'src/cli/', 'src/plugin/'],
}

const isPackage = ({ to }: Import): boolean => !to.startsWith('src/') && !to.startsWith('runtime/')
const show = ({ from, to }: Import): string => `${from} imports ${to}`
const imports = importsUnder('src')

function packageAllowed({ from, to }: Import): boolean {
  if (to.startsWith('node:')) return floorOf(from) >= 7
  const [name] = /^(@[^/]+\/)?[^/]+/.exec(to)!
  return (PACKAGES[name!] ?? []).some((place) => from.startsWith(place))
}

describe('floors', () => {
  it('finds the imports it is to judge', () => {
    expect(imports.map(show)).toContain('src/0-wasm/ops/index.ts imports src/0-wasm/ops/row.ts')
    expect(importsUnder('test').map(show)).toContain('test/house/floors.test.ts imports test/house/tree.ts')
    expect(importsUnder('test').map(show)).toContain('test/house/floors.test.ts imports vitest')
  })

  it('each file imports from its own floor or a lower one', () => {
    const wrong = imports.filter(({ from, to }) => to.startsWith('src/') && floorOf(to) > floorOf(from))
    expect(wrong.map(show)).toEqual([])
  })

  it('packages and Node are used where they belong', () => {
    const wrong = imports.filter((one) => isPackage(one) && !packageAllowed(one))
    expect(wrong.map(show)).toEqual([])
  })

  it('the compiler knows the runtime by its types only: its code reaches the output as text', () => {
    const wrong = imports.filter(
      ({ from, to, typeOnly }) => to.startsWith('runtime/') && floorOf(from) < TOP && !typeOnly,
    )
    expect(wrong.map(show)).toEqual([])
  })

  it('the runtime imports only from itself', () => {
    const wrong = importsUnder('runtime').filter(({ to }) => !to.startsWith('runtime/'))
    expect(wrong.map(show)).toEqual([])
  })
})

describe('files', () => {
  const sources = trackedFiles().filter((path) => /^(src|runtime)\/.*\.ts$/.test(path))

  it('no module keeps mutable state', () => {
    const wrong = sources.filter((path) => /^(export )?(let|var) /m.test(textOf(path)))
    expect(wrong).toEqual([])
  })

  it('none is longer than 300 lines, tables excepted', () => {
    const long = sources
      .filter((path) => !path.startsWith('src/0-wasm/ops/'))
      .filter((path) => textOf(path).split('\n').length > 301)
    expect(long).toEqual([])
  })
})
