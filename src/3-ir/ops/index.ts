// The table of ops: what is known of each, for all who ask below the decoder.

import { type Effect, type Op, ops, table } from '../../0-wasm/ops/index.ts'
import { TRAP } from '../effects.ts'
import { ADDED, type IrOp, type OpType } from './rows.ts'

export type { IrOp, OpsOfType, WasmOp } from './rows.ts'

export interface OpFacts {
  readonly params: readonly OpType[]
  readonly results: readonly OpType[]
  /** The type of the value: that of the first result. */
  readonly type: OpType
  /** What the op does itself: TRAP or nothing. */
  readonly own: number
}

function factsOf(type: string, effect: Effect): OpFacts {
  const [params, results] = type.split('->').map((side) => side.split(' ').filter((atom) => atom !== '') as OpType[])
  return { params: params!, results: results!, type: results![0]!, own: effect === 'trap' ? TRAP : 0 }
}

/** Whether an instruction is an op of the IR: its row has a type, a result, no immediates, and no effect but a trap. */
const isOp = ({ type, effect, immediates }: Op): boolean =>
  type?.results.length === 1 && immediates.length === 0 && (effect === 'pure' || effect === 'trap')

const rows: [string, OpFacts][] = [
  ...ops.filter(isOp).map(({ name, effect }): [string, OpFacts] => [name, factsOf(table[name][1], effect)]),
  ...Object.entries(ADDED).map(([op, [type, effect]]): [string, OpFacts] => [op, factsOf(type, effect)]),
]

export const OPS = Object.fromEntries(rows) as Readonly<Record<IrOp, OpFacts>>
