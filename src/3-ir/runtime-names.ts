// What the runtime declares, by name, as far as compiled code and what surrounds it use it: types only, so that a
// misspelt name or a wrong number of arguments does not compile. The runtime itself reaches outputs as text.

import type * as access from '../../runtime/access.ts'
import type * as arrays from '../../runtime/arrays.ts'
import type * as atomics from '../../runtime/atomics.ts'
import type * as bigint from '../../runtime/bigint.ts'
import type * as bits from '../../runtime/bits.ts'
import type * as boundary from '../../runtime/boundary.ts'
import type * as convert64 from '../../runtime/convert64.ts'
import type * as data from '../../runtime/data.ts'
import type * as dataText from '../../runtime/data-text.ts'
import type * as divide64 from '../../runtime/divide64.ts'
import type * as exception from '../../runtime/exception.ts'
import type * as exported from '../../runtime/exports.ts'
import type * as float from '../../runtime/float.ts'
import type * as func from '../../runtime/func.ts'
import type * as global from '../../runtime/global.ts'
import type * as globalValues from '../../runtime/global-values.ts'
import type * as heapTypes from '../../runtime/heap-types.ts'
import type * as imported from '../../runtime/imports.ts'
import type * as int32 from '../../runtime/int32.ts'
import type * as int64 from '../../runtime/int64.ts'
import type * as kinds from '../../runtime/kinds.ts'
import type * as live from '../../runtime/live.ts'
import type * as math from '../../runtime/math.ts'
import type * as memory from '../../runtime/memory.ts'
import type * as multiply64 from '../../runtime/multiply64.ts'
import type * as packed from '../../runtime/packed.ts'
import type * as refTypes from '../../runtime/ref-types.ts'
import type * as registry from '../../runtime/registry.ts'
import type * as results from '../../runtime/results.ts'
import type * as sharedImports from '../../runtime/shared-imports.ts'
import type * as sharedMemory from '../../runtime/shared-memory.ts'
import type * as strings from '../../runtime/strings.ts'
import type * as swizzle from '../../runtime/swizzle.ts'
import type * as table from '../../runtime/table.ts'
import type * as tag from '../../runtime/tag.ts'
import type * as tail from '../../runtime/tail.ts'
import type * as traps from '../../runtime/traps.ts'
import type * as tuples from '../../runtime/tuples.ts'
import type * as view from '../../runtime/view.ts'
import type * as waiting from '../../runtime/waiting.ts'

type Integers = typeof divide64 & typeof int32 & typeof int64 & typeof multiply64
type Computing = Integers & typeof bits & typeof convert64 & typeof float & typeof math & typeof packed & typeof swizzle
type State = typeof access & typeof data & typeof dataText & typeof kinds & typeof memory & typeof table & typeof view
type Surroundings = typeof boundary &
  typeof exported &
  typeof func &
  typeof global &
  typeof globalValues &
  typeof live &
  typeof registry
type Flow = typeof imported &
  typeof results &
  typeof tail &
  typeof traps &
  typeof bigint &
  typeof exception &
  typeof tag &
  typeof tuples

type References = typeof arrays & typeof heapTypes & typeof refTypes & typeof strings
type Sharing = typeof atomics & typeof sharedImports & typeof sharedMemory & typeof waiting

type Runtime = Computing & State & Surroundings & Flow & References & Sharing

/** A declaration of the runtime. */
export type RuntimeName = keyof Runtime

/** The declarations that are functions. */
export type RuntimeFunction = {
  [Name in RuntimeName]: Runtime[Name] extends (...args: never[]) => unknown ? Name : never
}[RuntimeName]

/** Functions that trap, and need nothing to do so. */
export type TrapFunction = Extract<RuntimeFunction, 'unreachable' | `trap_${string}`>

/** One `T` for each parameter of a function of the runtime. */
export type RuntimeArguments<Name extends RuntimeFunction, T> = Runtime[Name] extends (...args: infer Params) => unknown
  ? { [Index in keyof Params]: T }
  : never
