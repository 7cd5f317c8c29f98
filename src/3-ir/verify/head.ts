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
  s.need(func.hasFloats || !seen.hasFloats, 'a register holds floats in a function that is said to have none')
  s.need(seen.regCount <= func.regCount, `register ${seen.regCount - 1} of ${func.regCount}`)
  s.need((func.wide === 'is') === (stage === 'bigint'), 'BigInts are for versions on BigInts')
  const type = func.part === undefined ? known.module?.func(func.index) : undefined
  if (type === undefined) return
  const are = (given: readonly RegType[], types: readonly RegType[]): boolean =>
    given.join() === types.join() || given.join() === inStage(types, stage).join()
  s.need(
    are(
      params.map((reg) => reg.type),
      type.params,
    ),
    'parameters of another function',
  )
  s.need(are(func.results, type.results), 'results of another function')
}
