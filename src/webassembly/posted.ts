// Modules that are posted to another thread. Structured cloning leaves a plain object there, with what the getter of the
// module's own property `nowasm` gave: the bytes, and the text that they were compiled to, so that a thread starts without
// compiling again; of functions that are compiled when they are first called, what holds their texts for all threads
// (function-texts.ts). Texts are in shared memory: they are not copied, and what has come over a network or from a file, where
// no text may be taken for code, cannot have any.

import { charactersOf } from '../6-emit/characters.ts'
import { isObject } from './bytes.ts'
import { isStore } from './function-texts.ts'
import type { Compiled, Lazily, ModuleSource } from './source.ts'

/** What a clone has as its property `nowasm`. */
interface Posted extends Omit<Compiled, 'instantiate' | 'text' | 'lazily'> {
  /** UTF-16, in shared memory. */
  readonly text: Uint16Array | undefined
  readonly lazily: Lazily | undefined
}

/** Lets structured cloning keep what is needed to make the module again. */
export function makePostable(module: object, { bytes, provided, imports, exports, text, lazily }: Compiled): void {
  let shared: Pick<Posted, 'text' | 'lazily'> | undefined
  const get = (): Posted => {
    const canShare = text !== undefined && typeof SharedArrayBuffer === 'function'
    shared ??= canShare ? { text: toShared(text()), lazily: lazily?.() } : { text: undefined, lazily: undefined }
    return { bytes, provided, imports, exports, ...shared }
  }
  Object.defineProperty(module, 'nowasm', { enumerable: true, get })
}

function toShared(text: string): Uint16Array {
  const units = new Uint16Array(new SharedArrayBuffer(text.length * 2))
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i)
  return units
}

/** Cloning leaves a value where a module has a getter: nothing of a program's is called. */
const postedIn = (value: unknown): Partial<Posted> | undefined => {
  const posted: unknown = isObject(value) ? Object.getOwnPropertyDescriptor(value, 'nowasm')?.value : undefined
  return isObject(posted) && (posted as Partial<Posted>).bytes instanceof Uint8Array ? posted : undefined
}

/** Makes clones instances of the class, but of none that extends it: loaders ask that before they take one. */
export function makeClonesInstances(Module: new (...args: never[]) => object): void {
  const isInstance = Function.prototype[Symbol.hasInstance]
  const value = function (this: unknown, object: unknown): boolean {
    return isInstance.call(this as typeof Module, object) || (this === Module && postedIn(object) !== undefined)
  }
  Object.defineProperty(Module, Symbol.hasInstance, { value })
}

/** The module behind a clone; undefined if it is none. Without a text it is made from the bytes. */
export function modulePosted(value: unknown, { compile, evaluate }: ModuleSource): Compiled | undefined {
  const posted = postedIn(value)
  if (posted?.bytes === undefined) return undefined
  const { bytes, provided, text, lazily, imports, exports } = posted as Posted
  const isShared = typeof SharedArrayBuffer === 'function' && text?.buffer instanceof SharedArrayBuffer
  if (isShared && text instanceof Uint16Array && (lazily === undefined || isStore(lazily.store))) {
    const code = charactersOf(text)
    const instantiate = evaluate?.(code, bytes, lazily)
    const more = lazily && { lazily: () => lazily }
    if (instantiate !== undefined) return { bytes, provided, imports, exports, instantiate, text: () => code, ...more }
  }
  return compile(bytes, provided)
}
