// Which functions tail calls come back to.

import { describe, expect, test } from 'vitest'
import { isPlainTail, TailGraph } from '../../../src/4-lower/facts/tail-calls.ts'
import { Random } from '../../fuzz/random.ts'

type Edges = readonly (readonly [caller: number, callee: number | undefined])[]

/** @param reached functions that what is outside may call */
function groupsOf(count: number, edges: Edges, reached: readonly number[] = []) {
  const graph = new TailGraph(count)
  for (const [caller, callee] of edges) graph.call(caller, callee)
  for (const func of reached) graph.isReached(func)
  return graph.solve()
}

const plain = (count: number, edges: Edges, reached: readonly number[] = []): string[] => {
  const groups = groupsOf(count, edges, reached)
  return edges.flatMap(([a, b]) => (b !== undefined && isPlainTail(groups, a, b) ? [`${a}-${b}`] : []))
}

describe('a tail call is plain', () => {
  test.each<[string, number, Edges, number[], string[]]>([
    [
      'that does not come back',
      3,
      [
        [0, 1],
        [1, 2],
      ],
      [],
      ['0-1', '1-2'],
    ],
    [
      'not one of two that call each other',
      2,
      [
        [0, 1],
        [1, 0],
      ],
      [],
      [],
    ],
    [
      'out of a ring, or into it',
      5,
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 1],
        [3, 4],
      ],
      [],
      ['0-1', '3-4'],
    ],
    [
      'not by way of what is outside',
      2,
      [
        [0, 1],
        [1, undefined],
      ],
      [0],
      [],
    ],
    [
      'of what leaves for good',
      2,
      [
        [0, 1],
        [1, undefined],
      ],
      [],
      ['0-1'],
    ],
    [
      'past what is outside',
      3,
      [
        [0, 1],
        [1, undefined],
        [1, 2],
      ],
      [0],
      ['1-2'],
    ],
  ])('%s', (_, count, edges, reached, expected) => expect(plain(count, edges, reached)).toEqual(expected))
})

describe('loops are of functions that tail-call each other by name', () => {
  /** @param called functions that are called otherwise too */
  const loops = (count: number, edges: Edges, reached: readonly number[] = [], called: readonly number[] = []) => {
    const graph = new TailGraph(count)
    for (const [caller, callee] of edges) graph.call(caller, callee)
    for (const func of reached) graph.isReached(func)
    for (const func of called) graph.isCalled(func)
    return graph.solve().loops.map(({ members, entries }) => `${members} from ${entries}`)
  }
  const RING: Edges = [
    [1, 2],
    [2, 3],
    [3, 1],
  ]

  test('and are entered where something else calls them', () => {
    expect(loops(5, RING)).toEqual(['1,2,3 from '])
    expect(loops(5, RING, [2])).toEqual(['1,2,3 from 2'])
    expect(loops(5, RING, [2], [3])).toEqual(['1,2,3 from 2,3'])
    expect(loops(5, [...RING, [4, 1]])).toEqual(['1,2,3 from 1'])
  })

  test('not through tables, nor of one function', () => {
    expect(
      loops(
        4,
        [
          [0, 1],
          [1, undefined],
          [2, 2],
        ],
        [0],
      ),
    ).toEqual([])
  })
})

test('long chains keep some trampolines, and short stacks', () => {
  const count = 100_000
  const edges = Array.from({ length: count - 1 }, (_, i) => [i, i + 1] as const)
  const groups = groupsOf(count, edges)
  let [longest, run] = [0, 0]
  for (const [a, b] of edges) {
    run = isPlainTail(groups, a, b) ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  expect(longest).toBe(32)
})

test('groups are what reaches itself', () => {
  const random = new Random(7)
  for (let round = 0; round < 200; round++) {
    const count = random.between(1, 9)
    const edges = Array.from(
      { length: random.below(2 * count) },
      () => [random.below(count), random.below(count)] as const,
    )
    const { group } = groupsOf(count, edges)
    const reaches = (from: number, to: number): boolean => {
      const seen = new Set([from])
      for (const node of seen) for (const [a, b] of edges) if (a === node) seen.add(b)
      return seen.has(to)
    }
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) expect(group[a] === group[b]).toBe(reaches(a, b) && reaches(b, a))
    }
  }
})
