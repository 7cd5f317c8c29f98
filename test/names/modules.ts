// Modules in which everything that can have a name has one from a list.

import { constant, ins } from '../binary/code.ts'
import { uleb, utf8, vec } from '../binary/leb.ts'
import { type Kind, ModuleBuilder } from '../binary/module.ts'

const KINDS: readonly Kind[] = ['func', 'global', 'memory', 'table']

const nameMap = (names: readonly string[], first = 0): number[] =>
  vec(names.map((name, i) => [...uleb(first + i), ...utf8(name)]))
const subsection = (id: number, body: readonly number[]): number[] => [id, ...uleb(body.length), ...body]

/** A name section: the module is called by the first name, and each index space and every local by all of them. */
function nameSection(names: readonly string[]): number[] {
  const locals = vec(names.map((name, i) => [...uleb(names.length + i), ...nameMap([name, name])]))
  return [
    ...subsection(0, utf8(names[0])),
    ...subsection(1, nameMap([...names, ...names])),
    ...subsection(2, locals),
    ...subsection(5, nameMap(names)),
    ...subsection(6, nameMap(names)),
    ...subsection(7, nameMap(names)),
  ]
}

/**
 * For name number i: imports function `name` from module `name`, and exports under that name one thing whose kind
 * `shift` turns: a function (x: i32) -> i32 that gives import(x) + i, a global i, a memory or a table of i elements.
 */
export function namedModule(names: readonly string[], shift: number): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const signature = { params: ['i32'], results: ['i32'] } as const
  for (const name of names) builder.importFunc(name, name, signature)
  for (const [i, name] of names.entries()) {
    const number = constant('i32', BigInt(i))
    const code = [
      ...ins('local.get', 0),
      ...ins('local.set', 1),
      ...ins('local.get', 1),
      ...ins('call', i),
      ...number,
      0x6a,
    ]
    const func = builder.func(signature, ['i32'], code)
    const made: Record<Kind, () => number> = {
      func: () => func,
      global: () => builder.global('i32', false, number),
      memory: () => (i === 0 ? builder.memory({ min: 1 }) : 0),
      table: () => builder.table('funcref', { min: i }),
    }
    const kind = kindOf(i, shift)
    if (i === 0 && kind !== 'memory') builder.memory({ min: 1 })
    builder.export(name, kind, made[kind]())
  }
  builder.custom('name', nameSection(names))
  return builder.build()
}

/** The kind of the export of name number `i`. */
export const kindOf = (i: number, shift: number): Kind => KINDS[(i + shift) % KINDS.length]
