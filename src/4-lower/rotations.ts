// A loop that hands vectors on from one variable to the next, as hash functions do, goes round four times at once: each vector
// is four numbers, and engines, which have no registers for so many, would copy all of them from one place of the stack to the
// next each time. In a row of copies they only change their names.
//
//   loop l0 { x = ...; d = c; c = b;     loop l0 { block l1 { x = ...; d = c; c = b; b = a; a = x; br l1 };
//     b = a; a = x; br l0 }                         ... twice more; x = ...; d = c; c = b; b = a; a = x; br l0 }

import type { Func, Label, List, Loop, Stmt } from '../3-ir/ir.ts'
import { leaves } from '../3-ir/leaves.ts'
import { Fresh } from '../3-ir/registers.ts'
import { sizeOf } from '../3-ir/size.ts'
import { block, branch, loop, withArgs, withBodies } from '../3-ir/statements.ts'
import { mapBodies, replaceIn } from '../3-ir/walk.ts'

const TIMES = 4

/** Fewer vectors than these, handed on, may be in registers. */
const LEAST_COPIES = 4

/** Bytes of bytecode, as estimated before vectors are numbers, that a loop has at most. */
const MAX_BYTES = 1500

/** @returns the function with more than one turn in such loops; the same function if there are none */
export function unrollRotations(func: Func): Func {
  if (!func.hasVectors) return func
  const fresh = new Fresh(func)
  const each = (stmt: Stmt): Stmt => {
    const made = mapBodies(stmt, list)
    return made.kind === 'loop' && isRotation(made) ? unrolled(made, fresh) : made
  }
  const list = (all: List): List => replaceIn(all, each)
  const body = list(func.body)
  return body === func.body ? func : { ...func, body, ...fresh.counts }
}

/** Whether a loop of no other statements than those that hold no labels hands vectors on, and only branches leave it. */
export function isRotation({ body, repeats }: Loop): boolean {
  if (repeats || !leaves(body) || body.filter(isCopy).length < LEAST_COPIES) return false
  return !hasLabels(body) && sizeOf(body) <= MAX_BYTES
}

const isCopy = (stmt: Stmt): boolean => stmt.kind === 'set' && stmt.reg.type === 'v128' && stmt.value.kind === 'reg'

/** Labels are defined once, and a `try` begins with what stands nowhere else. */
const hasLabels = (list: List): boolean =>
  list.some((stmt) => stmt.labels.length > 0 || stmt.kind === 'try' || stmt.bodies.some(hasLabels))

function unrolled({ label, body, at }: Loop, fresh: Fresh): Loop {
  const turns: Stmt[] = []
  for (let turn = 1; turn < TIMES; turn++) {
    const next = fresh.label()
    turns.push(block(next, copyOf(body, label, next), at))
  }
  return loop(label, [...turns, ...body], at)
}

/** Statements once more, for each stands in one place; what begins the next turn of the loop goes to `to`. */
function copyOf(list: List, from: Label, to: Label): List {
  return list.map((stmt) => {
    if (stmt.kind === 'br') return branch(stmt.target === from ? to : stmt.target, stmt.at)
    const made = withArgs(stmt, stmt.args)
    return made.bodies.length === 0 ? made : mapCopies(made, from, to)
  })
}

const mapCopies = (stmt: Stmt, from: Label, to: Label): Stmt =>
  stmt.kind === 'if' || stmt.kind === 'switch'
    ? withBodies(
        stmt,
        stmt.bodies.map((list) => copyOf(list, from, to)),
      )
    : stmt
