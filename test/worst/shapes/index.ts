// All shapes of modules that are searched for what is hard on the compiler.

import { CONTROL } from './control.ts'
import { DECLARED } from './declared.ts'
import { GLOBALS } from './globals.ts'
import { GRAPHS } from './graphs.ts'
import { INITIAL } from './initial.ts'
import { LOCALS } from './locals.ts'
import { LONG_WALKS } from './long-walks.ts'
import { MANY } from './many.ts'
import { MODULES } from './modules.ts'
import { OPERATIONS } from './operations.ts'
import { REFERENCES } from './references.ts'
import { ROWS } from './rows.ts'
import type { Shapes } from './shape.ts'
import { TRIES } from './tries.ts'
import { TRY_TABLES } from './try-tables.ts'
import { TUPLES } from './tuples.ts'
import { CALLS, VALUES } from './values.ts'
import { VECTORS } from './vectors.ts'

export const SHAPES: Shapes = {
  ...CONTROL,
  ...VALUES,
  ...CALLS,
  ...LOCALS,
  ...GLOBALS,
  ...MODULES,
  ...MANY,
  ...OPERATIONS,
  ...TRIES,
  ...TRY_TABLES,
  ...VECTORS,
  ...REFERENCES,
  ...DECLARED,
  ...LONG_WALKS,
  ...TUPLES,
  ...INITIAL,
  ...GRAPHS,
  ...ROWS,
}
