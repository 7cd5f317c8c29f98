// Native against ours: the same module, the same calls, the same outcomes.

import { argument, bitsOf, isArithmeticNan, isCanonicalNan, isNan } from '../binary/bits.ts'
import type { NumName } from '../binary/code.ts'
import { type Api, type EngineOptions, loadEngine } from '../spec/engine.ts'

/** Bits of the results in order, or the name of the error. */
export type Result = readonly bigint[] | string

/** How our engine is asked to compile. */
export const MODES: readonly EngineOptions[] = [
  { native: false, engine: 'jit', optimize: 2 },
  { native: false, engine: 'jit', optimize: 0 },
  { native: false, engine: 'interpreter', optimize: 2 },
]

export const modeName = ({ engine, optimize }: EngineOptions): string => `${engine} -O${optimize}`

/** @returns the host's engine and ours. */
export async function bothEngines(mode: EngineOptions): Promise<{ native: Api; ours: Api }> {
  const native = await loadEngine({ ...mode, native: true })
  return { native: native.api, ours: (await loadEngine(mode)).api }
}

/** Instantiates bytes on an engine. */
export const instantiate = (api: Api, bytes: Uint8Array<ArrayBuffer>, imports = {}): WebAssembly.Exports =>
  new api.Instance(new api.Module(bytes), imports).exports

/** @returns `RuntimeError` or `RangeError` for a trap or exhaustion; any other error is rethrown. */
export function errorName(api: Api, error: unknown): string {
  if (error instanceof api.RuntimeError) return 'RuntimeError'
  if (error instanceof RangeError) return 'RangeError'
  throw error
}

/** Calls an export that takes and gives carriers. Nobody looks at the stack of what it throws, which takes long to make. */
export function call(
  api: Api,
  func: WebAssembly.ExportValue,
  params: readonly NumName[],
  results: readonly NumName[],
  args: readonly bigint[],
): Result {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    const values: unknown = (func as (...args: unknown[]) => unknown)(
      ...args.map((bits, i) => argument(params[i], bits)),
    )
    const list = (results.length === 1 ? [values] : (values ?? [])) as (number | bigint)[]
    return results.map((type, i) => bitsOf(type, list[i]))
  } catch (error) {
    return errorName(api, error)
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

/**
 * Whether a result is what the specification allows for an arithmetic instruction, given the native one: a NaN may be
 * any arithmetic NaN, and must be canonical when no operand is a NaN of another payload.
 */
export function sameArithmetic(
  type: NumName,
  native: bigint,
  ours: bigint,
  operands: readonly (readonly [NumName, bigint])[],
): boolean {
  if ((type !== 'f32' && type !== 'f64') || !isNan(type, native)) return native === ours
  const canonical = operands.every(([of, bits]) => !isNan(of, bits) || isCanonicalNan(of as 'f32' | 'f64', bits))
  return canonical ? isCanonicalNan(type, ours) : isArithmeticNan(type, ours)
}

/** A result for a message. */
export const show = (result: Result): string =>
  typeof result === 'string' ? result : `(${result.map((bits) => `0x${bits.toString(16)}`).join(' ')})`
