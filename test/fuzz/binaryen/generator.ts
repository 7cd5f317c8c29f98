// Modules that Binaryen makes of random bytes, with the features that the compiler has.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ModuleGenerator } from '../net/generator.ts'
import { Random } from '../random.ts'
import { packageFile } from '../tools/install.ts'
import { WasmOpt } from './wasm-opt.ts'

const FEATURES = [
  'mutable-globals',
  'sign-ext',
  'nontrapping-float-to-int',
  'multivalue',
  'bulk-memory',
  'reference-types',
  'multimemory',
  'extended-const',
  'tail-call',
]

/** How many random bytes: what is made of them is half as long or less. */
const SIZES = [200, 600, 600, 1500, 1500, 4000, 12_000]

/** What is done to the module afterwards: other shapes of the same. */
const SHAPINGS = [[], [], ['--fuzz-passes'], ['-O1'], ['--flatten', '-O2'], ['--dae', '--inlining-optimizing']]

export async function open(): Promise<ModuleGenerator> {
  const path = packageFile('binaryen/bin/wasm-opt')
  if (path === undefined) throw new Error('the package binaryen is not installed')
  const tool = await WasmOpt.load(path)
  const folder = mkdtempSync(join(tmpdir(), 'nowasm-binaryen-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const input = join(folder, 'random')
  const output = join(folder, 'out.wasm')
  return {
    async make(seed) {
      const random = new Random(seed)
      writeFileSync(
        input,
        Uint8Array.from({ length: random.pick(SIZES) }, () => random.below(256)),
      )
      const features = ['--mvp-features', ...FEATURES.map((name) => `--enable-${name}`)]
      await tool.run([input, '-q', '-ttf', ...features, ...random.pick(SHAPINGS), '-o', output])
      return [{ part: '', bytes: new Uint8Array(readFileSync(output)), shrink: true }]
    },
  }
}
