// Which members of the JavaScript API something uses: an API like another one that notes it.

import { IDL, type Interface, type Member, memberName } from './members.ts'
import type { Api } from './native/describe.ts'

/**
 * Has all members of an API note their use. The classes of ours are those of the realm, so that what modules export is noted too.
 *
 * @param touched gets the names of members
 * @returns the API to use, and what ends the noting
 */
export function noting(api: Api, touched: Set<string>): { readonly api: Api; readonly restore: () => void } {
  const noted = Object.create(api) as Api
  const undo: (() => void)[] = []
  for (const of of IDL)
    for (const member of of.members) {
      const note = (): unknown => touched.add(memberName(of, member))
      if (member.kind === 'constructor') Object.defineProperty(noted, of.name, { value: notedClass(api, of, note) })
      else if (of.name === '') noteNamespace(api, noted, member, note)
      else undo.push(noteProperty(api, of, member, note))
    }
  return {
    api: noted,
    restore() {
      for (const each of undo) each()
    },
  }
}

type Made = (new (...args: unknown[]) => object) & { readonly prototype: object }

const notedClass = (api: Api, of: Interface, note: () => unknown): object =>
  new Proxy(Reflect.get(api, of.name) as Made, {
    construct(target, args, newTarget) {
      note()
      return Reflect.construct(target, args, newTarget) as object
    },
    apply(target, self, args) {
      note()
      return Reflect.apply(target as never, self, args)
    },
  })

function noteNamespace(api: Api, noted: Api, { name }: Member, note: () => unknown): void {
  Object.defineProperty(noted, name, {
    configurable: true,
    get() {
      note()
      return Reflect.get(api, name) as unknown
    },
  })
}

/** @returns what puts back the property as it was */
function noteProperty(api: Api, of: Interface, { kind, name }: Member, note: () => unknown): () => void {
  const made = Reflect.get(api, of.name) as Made
  const home = kind === 'static' ? made : made.prototype
  const property = Reflect.getOwnPropertyDescriptor(home, name)
  if (property === undefined) return () => {}
  const wrap = (inner: unknown): unknown =>
    function (this: unknown, ...args: unknown[]): unknown {
      note()
      return Reflect.apply(inner as never, this, args)
    }
  const { get, set, value } = property
  const changed =
    typeof value === 'function'
      ? { ...property, value: wrap(value) }
      : { ...property, get: get && wrap(get), set: set && wrap(set) }
  Object.defineProperty(home, name, changed as PropertyDescriptor)
  return () => Object.defineProperty(home, name, property)
}
