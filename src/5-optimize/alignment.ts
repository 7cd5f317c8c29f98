// How far addresses are aligned, whichever way control goes: an aligned access needs no check of its own in typed arrays.
// Optimistic, so that a pointer that starts aligned and moves by whole elements stays aligned.
//
//   p = 1024; loop ... i32.store (p) ... p = p + 4      p is a multiple of 4

import type { Expr, Plain } from '../3-ir/expr.ts'
import type { Func, Reg } from '../3-ir/ir.ts'
import { forEachStmt } from '../3-ir/walk.ts'

/** By register id, the largest power of two, up to 8, that divides the register for sure. */
export type Alignments = Uint8Array

/** What the widest access asks for. */
const MOST = 8

/** Real functions need 2 to 4 rounds; nothing is claimed of one that needs more. */
const MAX_ROUNDS = 16

export function findAlignments(func: Func): Alignments {
  const alignments = new Uint8Array(func.regCount).fill(MOST)
  for (const { id } of func.params) alignments[id] = 1
  const sets: { reg: Reg; value: Expr }[] = []
  forEachStmt(func.body, (stmt) => {
    if (stmt.kind === 'dispatch') alignments[stmt.state.id] = 1
    if (stmt.kind === 'set') sets.push(stmt)
    else for (const { id } of stmt.regs) alignments[id] = 1
  })
  for (let round = 0; round < MAX_ROUNDS; round++) if (!lower(sets, alignments)) return alignments
  return alignments.fill(1)
}

/** Takes every set into account once. @returns whether an alignment has changed */
function lower(sets: readonly { reg: Reg; value: Expr }[], alignments: Alignments): boolean {
  let changed = false
  for (const { reg, value } of sets) {
    const old = alignments[reg.id]!
    if (old === 1) continue
    const met = Math.min(old, alignmentOf(value, alignments))
    if (met === old) continue
    alignments[reg.id] = met
    changed = true
  }
  return changed
}

/** @returns the largest power of two, up to 8, that divides an i32 expression for sure */
export function alignmentOf(e: Expr, alignments: Alignments): number {
  switch (e.kind) {
    case 'const':
      return lowestBit(e.value)
    case 'reg':
      return alignments[e.reg.id]!
    case 'select':
      return Math.min(alignmentOf(e.then, alignments), alignmentOf(e.else, alignments))
    case 'plain':
      return ofOperation(e, alignments)
    default:
      return 1
  }
}

const lowestBit = (value: number): number => Math.min((value & -value) >>> 0 || MOST, MOST)

function ofOperation({ op, args }: Plain, alignments: Alignments): number {
  const of = (index: number): number => alignmentOf(args[index]!, alignments)
  switch (op) {
    case 'i32.add':
    case 'i32.sub':
    case 'i32.or':
    case 'i32.xor':
      return Math.min(of(0), of(1))
    case 'i32.and':
      return Math.max(of(0), of(1))
    case 'i32.mul':
      return Math.min(of(0) * of(1), MOST)
    case 'i32.shl':
      return args[1]!.kind === 'const' ? Math.min(of(0) * 2 ** (args[1]!.value & 31), MOST) : of(0)
    default:
      return 1
  }
}
