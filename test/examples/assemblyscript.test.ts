// The compiler's bindings, as they are, over a compiled module: where there is no WebAssembly, and where no text is evaluated.

import { execFileSync } from 'node:child_process'
import { beforeAll, expect, test } from 'vitest'
import { example, node, uninstalled } from './run.ts'

const missing = uninstalled('assemblyscript')

beforeAll(() => {
  if (!missing) execFileSync('npm', ['run', 'build'], { cwd: example('assemblyscript'), stdio: 'pipe' })
}, 120_000)

for (const flag of ['--jitless', '--disallow-code-generation-from-strings']) {
  test(`assemblyscript: strings, arrays and buffers, ${flag}`, (context) => {
    if (missing) context.skip(missing)
    expect(node('assemblyscript/main.mjs', [flag]).trimEnd().split('\n')).toEqual([
      'words: a 2, chuck 2, wood 2, woodchuck 2',
      'the letter o: 11',
      'sum: 100000000000004950n',
      'memory below 8 MB: true',
    ])
  })
}
