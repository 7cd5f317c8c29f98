// What holds of a function as a whole: its parameters, its results, and what is said about its statements.

import { see } from '../head.ts'
import type { RegType } from '../ir.ts'
import { inStage } from './module.ts'
import type { Subject } from './subject.ts'

export function checkHead(s: Subject): void {
  const { func, known, stage } = s
  const { params, locals } = func
  s.need(
    new Set([...params, ...locals]).size === params.length + locals.length,
    'a register is two parameters or locals',
  )
  const seen = see(func)
  s.need(seen.regCount <= func.regCount, `register ${seen.regCount - 1} of ${func.regCount}`)
  s.need(seen.labelCount <= Math.max(func.labelCount, 1), `label ${seen.labelCount - 1} of ${func.labelCount}`)
  s.need(func.version.kind !== 'bigint' || stage === 'bigint', 'a version on BigInts without them')
  const type = func.version.kind === 'part' ? undefined : known.module?.func(func.index)
  if (type === undefined) return
  const are = (given: readonly RegType[], types: readonly RegType[]): boolean =>
    given.join() === inStage(types, s).join()
  s.need(
    are(
      params.map((reg) => reg.type),
      type.params,
    ),
    'parameters of another function',
  )
  s.need(are(func.results, type.results), 'results of another function')
}
