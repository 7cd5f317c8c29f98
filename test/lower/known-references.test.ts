// What is known of references, against maps that are copied where it is kept.

import { expect, test } from 'vitest'
import type { Reg } from '../../src/3-ir/ir.ts'
import { KnownReferences } from '../../src/4-lower/known-references.ts'
import { Random } from '../fuzz/random.ts'

type Model = Map<number, number | undefined>

test('what is kept stays what it was, and what meets is known on both ways', () => {
  const random = new Random(1)
  const regs = Array.from(
    { length: 300 },
    (_, id): Reg => ({ id: id < 200 ? id : id * 12_345, type: 'ref', local: undefined }),
  )
  const known = new KnownReferences()
  let model: Model = new Map()
  const saved = [{ tree: known.save(), model: new Map(model) }]
  const steps: (() => void)[] = [
    ...[1, 2, 3, 4].map(() => () => {
      const reg = regs[random.below(regs.length)]!
      const heap = [undefined, 1, 2][random.below(3)]
      known.add(reg, heap)
      model.set(reg.id, heap)
    }),
    () => {
      const reg = regs[random.below(regs.length)]!
      known.remove(reg)
      model.delete(reg.id)
    },
    () => {
      saved.push({ tree: known.save(), model: new Map(model) })
    },
    () => {
      const other = saved[random.below(saved.length)]!
      const way = random.below(3)
      if (way === 0) {
        known.restore(other.tree)
        model = new Map(other.model)
      } else if (way === 1) {
        known.meet(other.tree)
        const both = [...model].filter(([id]) => other.model.has(id))
        model = new Map(both.map(([id, heap]) => [id, heap === other.model.get(id) ? heap : undefined]))
      }
    },
  ]
  for (let i = 0; i < 3000; i++) {
    steps[random.below(steps.length)]!()
    if (random.below(400) === 0) {
      known.clear()
      model.clear()
    }
    expect(known.isEmpty).toBe(model.size === 0)
    if (i % 10 > 0) continue
    expect(regs.map((reg) => known.knows(reg))).toEqual(regs.map(({ id }) => model.has(id)))
    expect(regs.map((reg) => known.heapOf(reg))).toEqual(regs.map(({ id }) => model.get(id)))
  }
})
