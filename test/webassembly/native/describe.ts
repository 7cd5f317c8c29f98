// What can be told of a value without knowing which engine made it, so that two engines can be compared.

/** An object of the JavaScript API, `WebAssembly`, ours or the engine's. */
export type Api = typeof WebAssembly & {
  readonly Tag: new (type?: unknown) => object
  readonly Exception: new (tag?: unknown, payload?: unknown, options?: unknown) => object
  readonly JSTag: object
}

/** Something done with an API; what it notes in `log` is part of its outcome. */
export type Case = (api: Api, log: string[]) => unknown

const CLASSES = ['Module', 'Instance', 'Memory', 'Table', 'Global', 'Tag', 'Exception'] as const
const ERRORS = ['CompileError', 'LinkError', 'RuntimeError'] as const

/** The class of what was thrown; messages are everybody's own. */
function describeError(error: unknown, api: Api): string {
  for (const name of ERRORS) if (error instanceof api[name]) return name
  if (error instanceof api.Exception) return 'Exception'
  return error instanceof Error ? error.constructor.name : `not an error: ${describe(error, api)}`
}

function describe(value: unknown, api: Api, depth = 0): string {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return `function ${value.name} ${value.length}`
  if (typeof value === 'symbol') return String(value)
  if (Object.is(value, -0)) return '-0'
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? JSON.stringify(value) : String(value)
  if (value instanceof Error) return describeError(value, api)
  for (const name of CLASSES) if (value instanceof api[name]) return `a ${name}`
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) {
    return `${value.constructor.name} ${value.byteLength}`
  }
  if (depth > 3) return '...'
  if (Array.isArray(value)) return `[${value.map((each) => describe(each, api, depth + 1)).join(', ')}]`
  const proto = Object.getPrototypeOf(value)
  const kind = proto === null ? 'null ' : proto === Object.prototype ? '' : `${proto.constructor?.name} `
  const keys = Reflect.ownKeys(value)
  return `${kind}{${keys.map((key) => `${String(key)}: ${describe(Reflect.get(value, key), api, depth + 1)}`).join(', ')}}`
}

/** What comes of a case: a value, a promise's value, or what was thrown, and what was noted on the way. */
export async function outcome(run: Case, api: Api): Promise<string> {
  const log: string[] = []
  const ended = await settle(run, api, log)
  return [ended, ...log].join(' | ')
}

async function settle(run: Case, api: Api, log: string[]): Promise<string> {
  let value: unknown
  try {
    value = run(api, log)
  } catch (error) {
    return `throws ${describeError(error, api)}`
  }
  if (!(value instanceof Promise)) return describe(value, api)
  try {
    return `resolves to ${describe(await value, api)}`
  } catch (error) {
    return `rejects with ${describeError(error, api)}`
  }
}

/** The outcome of something smaller than a case, as text. */
export function attempt(action: () => unknown, api: Api): string {
  try {
    return describe(action(), api)
  } catch (error) {
    return `throws ${describeError(error, api)}`
  }
}

/** The attributes of a property, and what is there. */
export function describeProperty(object: object, key: PropertyKey, api: Api): string {
  const found = Object.getOwnPropertyDescriptor(object, key)
  if (found === undefined) return 'none'
  const { value, get, set, writable, enumerable, configurable } = found
  const flags = [writable && 'writable', enumerable && 'enumerable', configurable && 'configurable'].filter(Boolean)
  const shown = get || set ? `get ${describe(get, api)} set ${describe(set, api)}` : describe(value, api)
  return `${shown} (${flags.join(' ')})`
}

/** An object whose properties note that they are read, and whose values note that they are converted. */
export function watched(properties: object, log: string[]): object {
  return new Proxy(properties, {
    get(target, key, receiver) {
      if (typeof key === 'symbol') return Reflect.get(target, key, receiver)
      log.push(`get ${key}`)
      return Reflect.get(target, key, receiver)
    },
    has(target, key) {
      log.push(`has ${String(key)}`)
      return Reflect.has(target, key)
    },
  })
}

/** A value that notes how it is converted. */
export const converted = (name: string, value: unknown, log: string[]): object => ({
  [Symbol.toPrimitive](hint: string) {
    log.push(`${name} to ${hint}`)
    return value
  },
})
