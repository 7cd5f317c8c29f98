// The instruction table: every instruction once. Decoder, validator, lowering and dumps read it.

import type { Feature } from '../features.ts'
import { control, tailCall } from './control.ts'
import { bulkMemory, memory } from './memory.ts'
import { numeric, saturating, signExtension } from './numeric.ts'
import type { Effect, Row } from './row.ts'
import { reference, variable } from './variable.ts'

export type { Effect } from './row.ts'

export const table = {
  ...control,
  ...tailCall,
  ...variable,
  ...reference,
  ...memory,
  ...bulkMemory,
  ...numeric,
  ...signExtension,
  ...saturating,
} as const

export type OpName = keyof typeof table

/** The type string of an instruction, e.g. `'i32 i32 -> i32'`. */
export type TypeOf<Op extends OpName> = (typeof table)[Op][1]

/** Instructions of fixed type, which need no rule of their own. */
export type PlainOp = { [Op in OpName]: TypeOf<Op> extends '*' ? never : Op }[OpName]

/** Instructions that do nothing but compute: their type is fixed, and they have no immediates. */
export type Operation = {
  [Op in OpName]: (typeof table)[Op] extends readonly [number, infer Type, 'pure' | 'trap']
    ? Type extends '*' | ' -> '
      ? never
      : Op
    : never
}[OpName]

const FEATURES: readonly [Feature, Record<string, Row>][] = [
  ['mvp', control],
  ['mvp', variable],
  ['mvp', memory],
  ['mvp', numeric],
  ['tail-call', tailCall],
  ['reference-types', reference],
  ['bulk-memory', bulkMemory],
  ['sign-extension', signExtension],
  ['saturating-float-to-int', saturating],
]

/** A row unpacked for the passes that walk instructions. One object per instruction: compare by identity or name. */
export interface Op {
  readonly name: OpName
  /** Its place in `ops`: an index for tables by instruction. */
  readonly id: number
  readonly opcode: number
  /** Operand and result types, undefined where the type is not fixed. */
  readonly type: { readonly params: readonly TypeAtom[]; readonly results: readonly TypeAtom[] } | undefined
  readonly effect: Effect
  /** Immediates in the binary's order, e.g. `['memarg']`, `['type', 'table']`. */
  readonly immediates: readonly string[]
  /** Natural alignment in bytes of a memory access, else 0. */
  readonly width: number
  readonly feature: Feature
}

/** An operand of a fixed type; `addr` is the address type of the memory or table named by the instruction. */
export type TypeAtom = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'addr'

const atoms = (text: string): TypeAtom[] => text.split(' ').filter((atom) => atom !== '') as TypeAtom[]

function unpack(name: OpName, feature: Feature): Omit<Op, 'id'> {
  const [opcode, type, effect, text = '']: Row = table[name]
  const [params, results] = type.split('->')
  const [immediates, width] = text.split('/')
  return {
    name,
    opcode,
    effect,
    feature,
    type: type === '*' ? undefined : { params: atoms(params!), results: atoms(results!) },
    immediates: immediates === '' ? [] : immediates!.split(' '),
    width: Number(width ?? 0),
  }
}

/** Every instruction, in the table's order. */
export const ops: readonly Op[] = FEATURES.flatMap(([feature, rows]) =>
  Object.keys(rows).map((name) => unpack(name as OpName, feature)),
).map((op, id) => ({ ...op, id }))

const byOpcode = new Map(ops.map((op) => [op.opcode, op]))

/** @returns the instruction with this opcode (`prefix << 12 | sub-opcode` for prefixed ones), or undefined. */
export const opOf = (opcode: number): Op | undefined => byOpcode.get(opcode)
