// docs/OUTPUT.md says of every type of values what it is at the boundary and in registers, and how keys of types name it.

import { describe, expect, it } from 'vitest'
import { valueKey } from '../../src/0-wasm/canonical.ts'
import { FUNCREF, type ValType } from '../../src/0-wasm/types.ts'
import { kindOf, rowOf, type ValueKind } from '../../src/6-emit/values.ts'
import { textOf } from './tree.ts'

const page = textOf('docs/OUTPUT.md')

/** A type of each kind, and what the page calls it. */
const NAMED: Readonly<Record<ValueKind, readonly [type: ValType, name: string]>> = {
  i32: ['i32', 'i32'],
  i64: ['i64', 'i64'],
  f32: ['f32', 'f32'],
  f64: ['f64', 'f64'],
  v128: ['v128', 'v128'],
  func: [FUNCREF, 'funcref'],
  extern: [{ nullable: true, heap: 'extern' }, 'externref'],
  exn: [{ nullable: true, heap: 'exn' }, 'exnref'],
  reference: [{ nullable: true, heap: 'any' }, 'anyref'],
}

/** The cells of the rows of the table behind a heading, by the names of the types in the first one. */
function tableBehind(heading: string): ReadonlyMap<string, readonly string[]> {
  const [, behind] = page.split(`\n### ${heading}\n`)
  const table = /(?:^\|.*\n)+/m.exec(behind!)![0]
  const rows = table.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  return new Map(rows.flatMap((row) => (row[0] ?? '').split(/, | and below/).map((name) => [name, row] as const)))
}

describe.each(Object.entries(NAMED))('docs/OUTPUT.md on %s', (kind, [type, name]) => {
  it('says how its values cross the boundary', () => {
    expect(kindOf(type)).toBe(kind)
    const crossing = tableBehind('Values at the boundary').get(name)
    expect(crossing?.[1]).toMatch(rowOf(type).conversions === undefined ? /^nothing: / : /\w/)
  })

  it('says how many registers hold one', () => {
    const registers = tableBehind('Registers')
    // A raw function is a reference of more types than one.
    const held = registers.get(name) ?? (name === 'funcref' ? registers.get('references to functions') : undefined)
    expect(Number(held?.[1])).toBe(rowOf(type).zero.length)
  })

  it('says what it is in the key of a type', () => {
    const [, keys] = /A type's key is([\s\S]*?)\n\n/.exec(page)!
    const key = valueKey(type)
    if (key.length === 1) expect(keys).toMatch(new RegExp(`${name}\\s+\`${key}\``))
    else expect(key).toBe(`(?${name.slice(0, -'ref'.length)})`)
  })
})
