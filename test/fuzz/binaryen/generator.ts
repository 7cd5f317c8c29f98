// Modules that Binaryen makes of random bytes, with the features that the compiler has.

import { hasGc } from '../has-gc.ts'
import type { ModuleGenerator } from '../net/generator.ts'
import { Random } from '../random.ts'
import { WasmOpt } from './wasm-opt.ts'

/** How many random bytes: what is made of them is half as long or less. */
const SIZES = [200, 600, 600, 1500, 1500, 4000, 12_000]

/** What is done to the module afterwards: other shapes of the same. */
const SHAPINGS = [[], [], ['--fuzz-passes'], ['-O1'], ['--flatten', '-O2'], ['--dae', '--inlining-optimizing']]

/** `--flatten` knows no branches that a reference decides. */
const GC_SHAPINGS = [[], [], ['--fuzz-passes'], ['-O1'], ['-O3'], ['--closed-world', '--type-ssa', '--gufa', '-O2']]

export async function open(): Promise<ModuleGenerator> {
  const tool = await WasmOpt.load()
  return {
    async make(seed) {
      const random = new Random(seed)
      const input = Uint8Array.from({ length: random.pick(SIZES) }, () => random.below(256))
      const shaping =
        random.chance(50) && hasGc() ? ['--enable-gc', ...random.pick(GC_SHAPINGS)] : random.pick(SHAPINGS)
      return [{ part: '', bytes: await tool.transform(input, ['-ttf', ...shaping]), shrink: true }]
    },
  }
}
