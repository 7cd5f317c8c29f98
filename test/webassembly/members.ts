// The members of the JavaScript API: the IDL of the specification (WebAssembly JavaScript Interface 3.0, with threads and the
// Web API) as data, and what WebIDL makes of it: which properties there are, with which attributes.

import type { Api } from './native/describe.ts'

/** `method`, `static` and `operation` (of the namespace) have as `length` how many arguments are required. */
export type Member =
  | { readonly kind: 'operation' | 'method' | 'static' | 'constructor'; readonly name: string; readonly length: number }
  | { readonly kind: 'attribute' | 'namespace attribute'; readonly name: string; readonly isReadonly: boolean }

export interface Interface {
  /** Empty: the namespace. */
  readonly name: string
  readonly members: readonly Member[]
  /** Whether it is one of the classes of errors, which ECMAScript describes, not WebIDL. */
  readonly isError?: boolean
}

const operation = (name: string, length: number): Member => ({ kind: 'operation', name, length })
const method = (name: string, length: number): Member => ({ kind: 'method', name, length })
const fixed = (name: string, length: number): Member => ({ kind: 'static', name, length })
const made = (length: number): Member => ({ kind: 'constructor', name: 'constructor', length })
const attribute = (name: string, isReadonly = true): Member => ({ kind: 'attribute', name, isReadonly })

const error = (name: string): Interface => ({ name, members: [made(1)], isError: true })

export const IDL: readonly Interface[] = [
  {
    name: '',
    members: [
      operation('validate', 1),
      operation('compile', 1),
      operation('instantiate', 1),
      operation('compileStreaming', 1),
      operation('instantiateStreaming', 1),
      { kind: 'namespace attribute', name: 'JSTag', isReadonly: true },
    ],
  },
  {
    name: 'Module',
    members: [made(1), fixed('exports', 1), fixed('imports', 1), fixed('customSections', 2)],
  },
  { name: 'Instance', members: [made(1), attribute('exports')] },
  {
    name: 'Memory',
    members: [
      made(1),
      method('grow', 1),
      method('toFixedLengthBuffer', 0),
      method('toResizableBuffer', 0),
      attribute('buffer'),
    ],
  },
  {
    name: 'Table',
    members: [made(1), method('grow', 1), method('get', 1), method('set', 1), attribute('length')],
  },
  { name: 'Global', members: [made(1), method('valueOf', 0), attribute('value', false)] },
  { name: 'Tag', members: [made(1)] },
  {
    name: 'Exception',
    members: [made(2), method('getArg', 2), method('is', 1), attribute('stack')],
  },
  error('CompileError'),
  error('LinkError'),
  error('RuntimeError'),
]

/** What the API has under a member's name, and where. */
function homeOf(api: Api, { name: of }: Interface, { kind }: Member): object {
  if (of === '') return api
  const made = Reflect.get(api, of) as { prototype: object }
  return kind === 'static' ? made : made.prototype
}

const propertyOf = (api: Api, of: Interface, member: Member): PropertyDescriptor | undefined =>
  Reflect.getOwnPropertyDescriptor(homeOf(api, of, member), member.name)

type AnyFunction = (...args: never[]) => unknown

/** How a function's own properties differ from what they should be. */
function wrongFunction(made: unknown, name: string, length: number): string[] {
  if (typeof made !== 'function') return ['no function']
  const problems: string[] = []
  for (const [key, value] of Object.entries({ name, length })) {
    const found = Reflect.getOwnPropertyDescriptor(made as AnyFunction, key)
    if (found?.value !== value) problems.push(`${key} ${JSON.stringify(found?.value)}`)
    if (found?.writable || found?.enumerable || !found?.configurable) problems.push(`attributes of ${key}`)
  }
  return problems
}

const wrongAttributes = (found: PropertyDescriptor, wanted: PropertyDescriptor): string[] =>
  Object.entries(wanted)
    .filter(([key, value]) => Reflect.get(found, key) !== value)
    .map(([key, value]) => (value ? `not ${key}` : key))

/** How a member of an API differs from what the specification says of it; nothing if it does not. */
export function departures(api: Api, of: Interface, member: Member): string[] {
  const found = propertyOf(api, of, member)
  if (found === undefined) return ['missing']
  const isEnumerable = member.kind !== 'constructor'
  switch (member.kind) {
    case 'constructor': {
      const made = Reflect.get(api, of.name) as AnyFunction & { prototype: object }
      const onNamespace = Reflect.getOwnPropertyDescriptor(api, of.name)!
      const prototype = Reflect.getOwnPropertyDescriptor(made, 'prototype')!
      return [
        ...(found.value === made ? [] : ['prototype.constructor is another']),
        ...wrongAttributes(found, { writable: true, enumerable: false, configurable: true }),
        ...wrongAttributes(onNamespace, { writable: true, enumerable: false, configurable: true }),
        ...wrongAttributes(prototype, { writable: false, enumerable: false, configurable: false }),
        ...wrongFunction(made, of.name, member.length),
        ...(of.isError ? wrongError(made) : [...wrongTag(made.prototype, of.name), ...wrongCall(made)]),
      ]
    }
    case 'operation':
    case 'method':
    case 'static':
      return [
        ...wrongAttributes(found, { writable: true, enumerable: isEnumerable, configurable: true }),
        ...wrongFunction(found.value, member.name, member.length),
        ...(typeof found.value === 'function' && 'prototype' in found.value ? ['it has a prototype'] : []),
      ]
    case 'attribute':
    case 'namespace attribute':
      return [
        ...wrongAttributes(found, { enumerable: isEnumerable, configurable: true }),
        ...wrongFunction(found.get, `get ${member.name}`, 0),
        ...(member.isReadonly ? [] : wrongFunction(found.set, `set ${member.name}`, 1)),
        ...(member.isReadonly && found.set ? ['it can be set'] : []),
      ]
    default:
      return member satisfies never
  }
}

/** WebIDL: the class string of an interface. */
function wrongTag(prototype: object, name: string): string[] {
  const found = Reflect.getOwnPropertyDescriptor(prototype, Symbol.toStringTag)
  if (found?.value !== `WebAssembly.${name}`) return [`class string ${JSON.stringify(found?.value)}`]
  return wrongAttributes(found, { writable: false, enumerable: false, configurable: true })
}

/** WebIDL: an interface's constructor is no function to call. */
function wrongCall(made: AnyFunction): string[] {
  try {
    made()
    return ['it can be called']
  } catch (error) {
    return error instanceof TypeError ? [] : ['called it throws no TypeError']
  }
}

/** ECMAScript: a NativeError. */
function wrongError(made: AnyFunction & { prototype: object }): string[] {
  const problems: string[] = []
  const error = new (made as unknown as new (message?: string, options?: object) => Error)('text', { cause: 5 })
  if (!(error instanceof Error) || !((made as unknown as () => unknown)() instanceof Error)) problems.push('no Error')
  if (error.message !== 'text' || error.cause !== 5) problems.push('message or cause')
  for (const [key, value] of Object.entries({ name: made.name, message: '' })) {
    const found = Reflect.getOwnPropertyDescriptor(made.prototype, key)
    if (found?.value !== value) problems.push(`prototype.${key}`)
  }
  return problems
}

/** `WebAssembly.compile`, `Memory.prototype.grow`, `new Memory()`. */
export function memberName({ name: of }: Interface, { kind, name }: Member): string {
  if (kind === 'constructor') return `new ${of}()`
  if (of === '') return kind === 'operation' ? `${name}()` : name
  const call = kind === 'method' || kind === 'static' ? '()' : ''
  return `${of}.${kind === 'static' ? '' : 'prototype.'}${name}${call}`
}
