// Each example is run as its first lines say, and its outcome looked at.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { example, node } from './run.ts'

describe('examples', () => {
  test('demo: a real module gives the native result', () => {
    const output = node('demo/main.mjs')
    expect(output).toContain('The results are the same.')
    expect(output.match(/\d{4} mappings, checksum/g)).toHaveLength(3)
  }, 60_000)

  test('wat: a module of your own', () => {
    expect(node('wat/main.mjs').split('\n')).toEqual([
      'exports: add, fib, factorials, divide',
      'add(2147483647, 1) = -2147483648',
      'fib(20) = 6765',
      ...factorials(20),
      'divide(-17, 5) = -3, -2',
      'divide(1, 0): RuntimeError: divide by zero',
      '',
    ])
  })

  test('add: a script on a page', () => {
    node('add/build.mjs')
    const elements: Record<string, { valueAsNumber: number; value?: number; oninput?: () => void }> = {
      a: { valueAsNumber: 40 },
      b: { valueAsNumber: 2 },
      sum: { valueAsNumber: 0 },
    }
    const document = { getElementById: (id: string) => elements[id] }
    runInNewContext(scriptsOf('add').join('\n'), { document, WebAssembly: undefined })
    expect(elements['sum'].value).toBe(42)
    elements['a'].valueAsNumber = 2 ** 31 - 1
    elements['a'].oninput?.()
    expect(elements['sum'].value).toBe(1 - 2 ** 31)
  })

  test('wasi: a program adds to a file, run after run', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nowasm-notes-'))
    const run = () => execFileSync(process.execPath, [example('wasi/main.mjs'), folder], { encoding: 'utf8' })
    expect([run(), run()]).toEqual(['another note\n', 'another note\n'.repeat(2)])
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('another note\n'.repeat(2))
    rmSync(folder, { recursive: true })
  })

  test('browser: a classic script draws the next generations of a glider', () => {
    node('browser/build.mjs')
    const frames = runPage(4)
    const glider = [
      [1, 0],
      [2, 1],
      [0, 2],
      [1, 2],
      [2, 2],
    ]
    expect(frames).toHaveLength(5)
    expect(inCorner(frames[0])).toEqual(glider)
    expect(inCorner(frames[4])).toEqual(glider.map(([x, y]) => [x + 1, y + 1]))
  })
})

function factorials(limit: number): string[] {
  let product = 1n
  return Array.from({ length: limit }, (_, i) => {
    product *= BigInt(i + 1)
    return `${i + 1}! = ${product}`
  })
}

/** The text of the two scripts of an example's page. */
function scriptsOf(folder: string): string[] {
  const html = readFileSync(example(`${folder}/index.html`), 'utf8')
  const paths = [...html.matchAll(/<script src="(.*?)">/g)].map(([, path]) => path)
  expect(paths).toHaveLength(2)
  return paths.map((path) => readFileSync(example(`${folder}/${path}`), 'utf8'))
}

/** Runs the page's scripts, in order, where there is no WebAssembly; the alpha bytes of each frame drawn. */
function runPage(steps: number): Uint8Array[] {
  const frames: Uint8Array[] = []
  const pending: (() => void)[] = []
  const canvas = {
    createImageData: (width: number, height: number) => ({ data: new Uint8Array(width * height * 4) }),
    putImageData: ({ data }: { data: Uint8Array }) => frames.push(data.filter((_, i) => i % 4 === 3)),
  }
  const document = { getElementById: () => ({ getContext: () => canvas }) }
  const requestAnimationFrame = (callback: () => void) => pending.push(callback)
  runInNewContext(scriptsOf('browser').join('\n'), { document, requestAnimationFrame, WebAssembly: undefined })
  for (let step = 0; step < steps; step++) pending.shift()?.()
  return frames
}

/** The living cells of the upper left eighth, row by row, as [x, y]. */
function inCorner(frame: Uint8Array): number[][] {
  const cells = Array.from(frame, (alpha, i) => [i % 64, i >> 6, alpha])
  return cells.filter(([x, y, alpha]) => x < 8 && y < 8 && alpha === 255).map(([x, y]) => [x, y])
}
