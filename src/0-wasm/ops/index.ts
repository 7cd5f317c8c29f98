// The instruction table: every instruction once. Decoder, validator, lowering and dumps read it.

import { type CompiledFeature, type Feature, stateOf } from '../features.ts'
import { control, exceptions, legacyExceptions, tailCall } from './control.ts'
import { bulkMemory, memory } from './memory.ts'
import { numeric, saturating, signExtension, wideArithmetic } from './numeric.ts'
import { functionReferences, gc, reference } from './references.ts'
import type { Effect, Row } from './row.ts'
import { relaxedSimd, simd } from './simd.ts'
import { threads } from './threads.ts'
import { variable } from './variable.ts'

export type { Effect } from './row.ts'

/** Instructions by the feature that brought them. */
const GROUPS = {
  'mvp': { ...control, ...variable, ...memory, ...numeric },
  'tail-call': tailCall,
  'reference-types': reference,
  'bulk-memory': bulkMemory,
  'sign-extension': signExtension,
  'saturating-float-to-int': saturating,
  'simd': simd,
  'relaxed-simd': relaxedSimd,
  'function-references': functionReferences,
  'gc': gc,
  'exceptions': exceptions,
  'legacy-exceptions': legacyExceptions,
  'threads': threads,
  'wide-arithmetic': wideArithmetic,
} as const satisfies { readonly [F in Feature]?: Record<string, Row> }

type Groups = typeof GROUPS

export const table = {
  ...GROUPS.mvp,
  ...tailCall,
  ...reference,
  ...bulkMemory,
  ...signExtension,
  ...saturating,
  ...simd,
  ...relaxedSimd,
  ...functionReferences,
  ...gc,
  ...exceptions,
  ...legacyExceptions,
  ...threads,
  ...wideArithmetic,
} as const

export type OpName = keyof typeof table

/** Every group is in the table, and the type checker counts. */
table satisfies { readonly [Op in { [F in keyof Groups]: keyof Groups[F] }[keyof Groups]]: Row }

/**
 * Instructions of the features that the compiler has. What is below the validator has a place for each of these and no other
 * (features.ts).
 */
export type CompiledOp = { [F in CompiledFeature & keyof Groups]: keyof Groups[F] }[CompiledFeature & keyof Groups]

/** The type string of an instruction, e.g. `'i32 i32 -> i32'`. */
export type TypeOf<Op extends OpName> = (typeof table)[Op][1]

/** Instructions of fixed type, which need no rule of their own. */
export type PlainOp = { [Op in OpName]: TypeOf<Op> extends '*' ? never : Op }[OpName]

/** Compiled instructions that do nothing but compute one value: their type is fixed, and they have no immediates. */
export type Operation = {
  [Op in CompiledOp]: (typeof table)[Op] extends readonly [number, infer Type, 'pure' | 'trap']
    ? Type extends '*' | ' -> ' | `${string} -> ${string} ${string}`
      ? never
      : Op
    : never
}[CompiledOp]

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
  /** How many lanes there are of what a lane immediate names one, else 0. */
  readonly lanes: number
  readonly feature: Feature
}

/** An operand of a fixed type; `addr` is the address type of the memory or table named by the instruction. */
export type TypeAtom = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'addr'

const atoms = (text: string): TypeAtom[] => text.split(' ').filter((atom) => atom !== '') as TypeAtom[]

function unpack(name: OpName, feature: Feature): Omit<Op, 'id'> {
  const [opcode, type, effect, text = '']: Row = table[name]
  const [params, results] = type.split('->')
  const immediates = text.split(' ').filter((each) => each !== '')
  const numberOf = (...kinds: string[]): number =>
    Number(immediates.map((each) => each.split('/')).find(([kind]) => kinds.includes(kind!))?.[1] ?? 0)
  return {
    name,
    opcode,
    effect,
    feature,
    type: type === '*' ? undefined : { params: atoms(params!), results: atoms(results!) },
    immediates: immediates.map((each) => each.split('/')[0]!),
    width: numberOf('memarg', 'atomic'),
    lanes: numberOf('lane'),
  }
}

/** Every instruction, in the table's order. */
export const ops: readonly Op[] = (Object.keys(GROUPS) as (keyof Groups)[])
  .flatMap((feature) => Object.keys(GROUPS[feature]).map((name) => unpack(name as OpName, feature)))
  .map((op, id) => ({ ...op, id }))

/** Whether the compiler has the instruction. */
export const isCompiled = (op: Op): op is Op & { readonly name: CompiledOp } => stateOf(op.feature) === 'compiled'

const byOpcode = new Map(ops.map((op) => [op.opcode, op]))

/** @returns the instruction with this opcode (`prefix << 12 | sub-opcode` for prefixed ones), or undefined. */
export const opOf = (opcode: number): Op | undefined => byOpcode.get(opcode)
