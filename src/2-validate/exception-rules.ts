// Typing rules of exceptions, legacy ones included (spec, "Validation / Instructions / Control Instructions").

import { matchesAll } from '../0-wasm/subtyping.ts'
import { EXNREF, type FuncType, type RefType, typeName, type ValType } from '../0-wasm/types.ts'
import type { Catch, Instruction } from '../1-decode/instruction.ts'
import { type Checker, labelTypes } from './checker.ts'
import { unknown } from './immediates.ts'

/** What a clause with `ref` carries besides: an exception that was thrown is not null. */
const CAUGHT: RefType = { nullable: false, heap: 'exn' }

/** What an exception with the tag carries. */
function tagParams(checker: Checker, index: number): readonly ValType[] {
  const tag = checker.module.tags[index]
  if (tag === undefined) throw checker.fail(unknown('tag', index))
  return (checker.module.types[tag.type]!.composite as FuncType).params
}

/** Clauses stand outside of their block: their labels are those around it. */
function checkCatch(checker: Checker, { tag, isRef, label }: Catch): void {
  const params = tag === undefined ? [] : tagParams(checker, tag)
  const carried = isRef ? [...params, CAUGHT] : params
  const wanted = labelTypes(checker.label(label))
  if (!matchesAll(checker.module, carried, wanted)) {
    const [own, others] = [carried, wanted].map((types) => `[${types.map(typeName).join(' ')}]`)
    throw checker.fail(`type mismatch: a catch clause carries ${own}, its label expects ${others}`)
  }
}

function tryTable(checker: Checker, { blockType, catches }: Instruction): void {
  for (const type of blockType.results) checker.checkType(type)
  checker.popVals(blockType.params)
  for (const clause of catches) checkCatch(checker, clause)
  checker.pushCtrl('try_table', blockType)
}

function legacyTry(checker: Checker, { blockType }: Instruction): void {
  for (const type of blockType.results) checker.checkType(type)
  checker.popVals(blockType.params)
  checker.pushCtrl('try', blockType)
}

/** Ends a `try` or a handler, and begins the next handler, which starts with what the exception carries. */
function handler(checker: Checker, kind: 'catch' | 'catch_all', params: readonly ValType[]): void {
  const { kind: open } = checker.frame
  if (open !== 'try' && open !== 'catch') {
    throw checker.fail(`END opcode expected: ${kind} without try`, 'malformed')
  }
  const { results } = checker.popCtrl().type
  checker.pushCtrl(kind, { kind: 'func', params, results })
}

function rethrow(checker: Checker, { index }: Instruction): void {
  const { kind } = checker.label(index)
  if (kind !== 'catch' && kind !== 'catch_all') throw checker.fail(`invalid rethrow label ${index}`)
  checker.unreachable()
}

/** Ends a `try` without handlers: the label is counted from outside of it. */
function delegate(checker: Checker, { index }: Instruction): void {
  if (checker.frame.kind !== 'try') throw checker.fail('END opcode expected: delegate without try', 'malformed')
  const { type } = checker.popCtrl()
  checker.label(index)
  checker.pushVals(type.results)
}

export const exceptionRules = {
  'throw': (checker: Checker, { index }: Instruction) => {
    checker.popVals(tagParams(checker, index))
    checker.unreachable()
  },
  'throw_ref': (checker: Checker) => {
    checker.popVal(EXNREF)
    checker.unreachable()
  },
  'try_table': tryTable,
  'try': legacyTry,
  'catch': (checker: Checker, { index }: Instruction) => handler(checker, 'catch', tagParams(checker, index)),
  'catch_all': (checker: Checker) => handler(checker, 'catch_all', []),
  'rethrow': rethrow,
  'delegate': delegate,
} as const
