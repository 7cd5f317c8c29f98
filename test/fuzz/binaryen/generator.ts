// Modules that Binaryen makes of random bytes, with the features that the compiler and this process's engine have.

import { hasExnref, hasGc, hasMemory64, hasMultiMemory } from '../engine.ts'
import type { ModuleGenerator } from '../net/generator.ts'
import { Random } from '../random.ts'
import { WasmOpt } from './wasm-opt.ts'

/** How many random bytes: what is made of them is half as long or less. */
const SIZES = [600, 600, 1500, 1500, 4000, 12_000]

/** What is done to the module afterwards: other shapes of the same. */
const SHAPINGS = [[], [], ['--fuzz-passes'], ['-O1'], ['-O3'], ['--dae', '--inlining-optimizing']]

/** `--flatten` knows no branches that a reference or an exception decides. */
const FLAT = ['--flatten', '-O2']
const GC_SHAPINGS = [...SHAPINGS, ['--closed-world', '--type-ssa', '--gufa', '-O2']]

/** Features beside those of all modules, and what is done to the module. */
function chooseArguments(random: Random): string[] {
  const hasStructs = hasGc() && random.chance(50)
  const hasExceptions = hasExnref() && random.chance(60)
  const features = [
    ...(hasStructs ? ['--enable-gc'] : []),
    // Both kinds of handlers are made, and an engine takes only one of them in a module.
    ...(hasExceptions ? ['--enable-exception-handling', '--emit-exnref'] : []),
    ...(hasMemory64() && random.chance(25) ? ['--enable-memory64'] : []),
    ...(hasMultiMemory() ? ['--enable-multimemory'] : []),
    ...(random.chance(20) ? ['--enable-threads'] : []),
    ...(random.chance(30) ? ['--enable-relaxed-simd'] : []),
  ]
  const plain = hasExceptions ? SHAPINGS : [...SHAPINGS, FLAT]
  return [...features, ...random.pick(hasStructs ? GC_SHAPINGS : plain)]
}

export async function open(): Promise<ModuleGenerator> {
  const tool = await WasmOpt.load()
  return {
    async make(seed) {
      const random = new Random(seed)
      const input = Uint8Array.from({ length: random.pick(SIZES) }, () => random.below(256))
      return [{ part: '', bytes: await tool.transform(input, ['-ttf', ...chooseArguments(random)]), shrink: true }]
    },
  }
}
