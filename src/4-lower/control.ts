// Blocks and reachability. At its `end` a frame's body becomes a compound statement of the frame around it. Nothing here
// recurses over nesting.

import type { Instruction } from '../1-decode/instruction.ts'
import { TYPE_BIT } from '../3-ir/expr-nodes.ts'
import { negate } from '../3-ir/fold.ts'
import type { Stmt } from '../3-ir/ir.ts'
import { block, choice, loop } from '../3-ir/statements.ts'
import { returnResults } from './branches.ts'
import type { FunctionBuilder } from './builder.ts'
import { knowNotNull } from './checks.ts'
import { endWith, fallOut, push } from './ends.ts'
import { endLegacyTry, endTryTable, lowerCatch, lowerDelegate } from './exceptions.ts'
import type { Frame } from './frames.ts'

/** Counts what opens and closes where control does not come, so that the end of that is found. */
export function skip(b: FunctionBuilder, ins: Instruction): void {
  const { name } = ins.op
  if (OPENERS.has(name)) b.skipped++
  else if (name === 'else' && b.skipped === 0) lowerElse(b)
  else if ((name === 'catch' || name === 'catch_all') && b.skipped === 0) lowerCatch(b, ins)
  else if (name === 'end' || name === 'delegate') {
    if (b.skipped > 0) b.skipped--
    else if (name === 'end') lowerEnd(b)
    else lowerDelegate(b, ins)
  }
}

const OPENERS: ReadonlySet<string> = new Set(['block', 'loop', 'if', 'try_table', 'try'])

export function lowerBlock(b: FunctionBuilder, { blockType }: Instruction): void {
  b.stack.forceAll()
  b.open('block', blockType)
}

export function lowerLoop(b: FunctionBuilder, { blockType }: Instruction): void {
  b.hasLoops = true
  b.loops++
  const { stack } = b
  stack.forceAll()
  const params = b.registersFor(blockType.params)
  b.assign(params, stack.peekValues(blockType.params))
  b.open('loop', blockType, { params })
  stack.cut(b.frame.height)
  stack.pushRegisters(params, blockType.params)
}

export function lowerIf(b: FunctionBuilder, { blockType }: Instruction): void {
  const { stack } = b
  const cond = stack.popOne()
  stack.forceAll()
  b.open('if', blockType, { cond, saved: stack.peekValues(blockType.params), notNull: b.notNull.save() })
  if ((cond.types & TYPE_BIT.ref) !== 0) knowNotNull(b, negate(cond))
}

export function lowerElse(b: FunctionBuilder): void {
  const { frame } = b
  const fallsThrough = fallOut(b, frame)
  frame.then = { body: frame.body, fallsThrough, notNull: b.notNull.save() }
  frame.body = []
  b.stack.cut(frame.height)
  b.stack.pushSaved(frame.saved, frame.type.params)
  b.reachable = true
  b.notNull.restore(frame.notNull)
  knowNotNull(b, frame.cond!)
}

export function lowerEnd(b: FunctionBuilder): void {
  const { frame } = b
  switch (frame.kind) {
    case 'func':
      if (b.reachable) returnResults(b)
      return b.finish(b.close())
    case 'if':
      return endIf(b, frame)
    case 'loop':
      return endLoop(b, frame)
    case 'block':
      if (frame.branches > 0) return endBlock(b, frame)
      // Nothing branches to it: its statements and operands stay where they are.
      b.close()
      return
    case 'try_table':
      return endTryTable(b, frame)
    case 'try':
      return endLegacyTry(b, frame)
    default:
      return frame.kind satisfies never
  }
}

/** The statements of a frame, which stand no longer where they were. */
const ownBody = ({ body, start }: Frame): Stmt[] => body.splice(start)

function endBlock(b: FunctionBuilder, frame: Frame): void {
  fallOut(b, frame)
  endWith(b, frame, block(frame.label, ownBody(frame), frame.at))
  b.reachable = true
}

function endLoop(b: FunctionBuilder, frame: Frame): void {
  b.loops--
  if (frame.branches > 0 && b.reachable) b.stack.forceAll()
  b.close()
  if (frame.branches > 0) push(b, loop(frame.label, ownBody(frame), frame.at))
}

function endIf(b: FunctionBuilder, frame: Frame): void {
  if (frame.then === undefined) lowerElse(b)
  const fallsThrough = fallOut(b, frame)
  const used = frame.branches > 0
  const label = used ? frame.label : undefined
  if (frame.then!.fallsThrough) b.meetNotNull(fallsThrough, frame.then!.notNull)
  endWith(b, frame, choice(frame.cond!, label, frame.then!.body, frame.body, frame.at))
  b.reachable = fallsThrough || frame.then!.fallsThrough || used
}
