// Functions that are large, or nested deep, by themselves and not by limits that are small.

import { manySwitches, nest } from './control.ts'
import type { Style } from './shell.ts'
import { words } from './words.ts'

/** Blocks around blocks: some less, some more than are laid flat. */
const DEEPEST = 260

export const large: Style = {
  ...words,
  rules: {
    ...words.rules,
    statements: [...words.rules.statements, ...manySwitches],
  },
  body: (w) => {
    const flat = w.random.chance(60)
    const between = (): number[] => w.statements(1)
    const some = (): number[] => (flat ? w.statements(12) : nest(w, w.random.below(DEEPEST), between))
    const pieces = Array.from({ length: w.random.between(1, 80) }, some)
    return [...pieces.flat(), ...words.body(w)]
  },
  sizes: [1000, 3000, 6000],
  functions: [1, 2],
}
