// The compiler's output, interpreted.

import type { Instantiate } from '../evaluate.ts'
import type { Evaluator } from '../webassembly/compiler.ts'
import { interpret } from './interpret.ts'
import * as runtime from './runtime.ts'

/** Text that takes little time to interpret: the fewest operations, and of the runtime, which need not be interpreted, most. */
export const interpreted: Evaluator = {
  options: { format: 'cjs', data: 'inline', target: 'es2015', engine: 'interpreter', optimize: 1 },
  internals: { compilesLazily: false, carriesRuntime: false },
  evaluate: (chunks) => {
    const exports: { instantiate?: Instantiate } = {}
    interpret(chunks.join(''), new Map<string, unknown>([...Object.entries(runtime), ['exports', exports]]))
    return exports.instantiate!
  },
}
