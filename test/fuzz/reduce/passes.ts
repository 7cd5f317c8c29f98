// Binaryen's passes that make modules smaller.

import { MORE_FEATURES, WasmOpt } from '../binaryen/wasm-opt.ts'
import type { Pass } from './reduce.ts'

const ARGUMENTS = [
  ['--remove-unused-module-elements'],
  ['--inlining', '--remove-unused-module-elements'],
  ['--vacuum', '--remove-unused-names', '--merge-blocks'],
  ['--dce', '--vacuum'],
  ['--precompute', '--vacuum'],
  ['--simplify-locals', '--vacuum'],
  ['--coalesce-locals', '--vacuum'],
  ['--reorder-locals'],
  ['--remove-unused-types'],
  ['-Oz'],
]

/** The passes; none where the package is not installed. */
export async function binaryenPasses(): Promise<Pass[]> {
  const tool = await WasmOpt.load().catch(() => undefined)
  if (tool === undefined) return []
  // What fails is no pass for this module.
  return ARGUMENTS.map((args) => (bytes) => tool.transform(bytes, [...MORE_FEATURES, ...args]).catch(() => undefined))
}
