// Traps, and how an exception leaves WebAssembly.

import { RuntimeError } from './errors.ts'
import { hidden, hide } from './hidden.ts'
import { realm } from './realm.ts'

// Functions that make a trap, for `throw`: after a call that only throws inside, V8 takes all it knows of memory views
// for lost, and reads and checks them again at each access (spectral norm, 2.6 times).

/** The RuntimeError of a trap. */
export function trap(message: string): Error {
  return trap_marked(new RuntimeError(message))
}

/** What is hidden behind a trap: one that JavaScript has made with `new WebAssembly.RuntimeError` is an exception like any other. */
const TRAP = 'trap'

function trap_marked(e: Error): Error {
  hide(e, TRAP)
  return e
}

/** Whether this is a trap or a stack overflow: no handler catches these, also where they have come through JavaScript. */
export function is_uncatchable(e: unknown): boolean {
  return hidden(e) === TRAP || (e instanceof Error && overflow_names.test(e.name) && overflow_words.test(e.message))
}

// Maximum call stack size exceeded (V8, JavaScriptCore, Hermes), too much recursion (SpiderMonkey), stack overflow (QuickJS).
const overflow_names: RegExp = /^(Range|Internal)Error$/
const overflow_words: RegExp = /call ?stack|stack overflow|too much recursion/

/** The trap of the instruction `unreachable`. */
export function unreachable(): Error {
  return trap('unreachable')
}

/** The trap of an access outside of a memory. */
export function trap_memory(): Error {
  return trap('memory access out of bounds')
}

/** The trap of an access outside of a table. */
export function trap_table(): Error {
  return trap('table index is out of bounds')
}

/** The trap of an instruction that looks into null. */
export function trap_null(): Error {
  return trap('dereferencing a null pointer')
}

/** The trap of a cast to a type that a reference is not of. */
export function trap_cast(): Error {
  return trap('illegal cast')
}

/** The trap of an access outside of an array. */
export function trap_array(): Error {
  return trap('array element access out of bounds')
}

/**
 * Remembers an exception that a function of the host has thrown, so that `trapped` does not take it for a trap of ours.
 * @returns the exception
 */
export function foreign(e: unknown): unknown {
  realm.foreign = e
  return e
}

/**
 * What an Exported Function throws for an exception that came out of the compiled code: memory accesses are DataView
 * accesses, whose RangeError becomes a trap; exceptions of the host and stack overflows pass as they are.
 */
export function trapped(e: unknown): unknown {
  const of_host = e === realm.foreign
  realm.foreign = null
  // A stack overflow can strike between a tail call and its driver.
  if (realm.tail) {
    realm.tail.f = null
    realm.tail.a = null
  }
  return of_host || !(e instanceof Error) || bounds_messages[String(e)] !== true ? e : bounds_trap(e)
}

/**
 * The engine's error as the trap that it stands for. It is the same object, for it has the stack as it was where memory was
 * accessed. Of engines that begin the text of it with class and message some write that when it is first read, others had it
 * before.
 */
function bounds_trap(e: Error): Error {
  if (Object.setPrototypeOf) {
    const before = ': ' + e.message
    e.message = 'memory access out of bounds'
    Object.setPrototypeOf(e, RuntimeError.prototype)
    // A hook of the program's is called when the program reads the stack, as for any other error.
    if ((Error as { prepareStackTrace?: unknown }).prepareStackTrace === undefined) bounds_text(e, before)
    return trap_marked(e)
  }
  return trap_memory()
}

function bounds_text(e: Error, before: string): void {
  const at = String(e.stack).indexOf(before)
  if (at > 0 && at < 20) e.stack = e + e.stack!.slice(at + before.length)
}

// Engines differ in the words, and some name the method.
const bounds_messages: Record<string, boolean> = bounds_learn()

function bounds_learn(): Record<string, boolean> {
  const found: Record<string, boolean> = {}
  const view = new DataView(new ArrayBuffer(1)) as unknown as Record<string, (at: number, value: number) => void>
  const types = ['Int8', 'Float64', 'Uint8', 'Int16', 'Uint16', 'Int32', 'Float32']
  // Just outside, on either side, and farther than a 32-bit address reaches.
  const places = [1, -1, 8589934590]
  let known = 0
  for (let i = 0; i < types.length; i++) {
    const before = known
    for (let j = 0; j < 6; j++) {
      try {
        view[(j < 3 ? 'get' : 'set') + types[i]!]!(places[j % 3]!, 0)
      } catch (e) {
        const key = String(e)
        if (!found[key]) known++
        found[key] = true
      }
    }
    // In engines that name no method the second type says nothing new, nor would the others: an exception takes time.
    if (known === before) break
  }
  return found
}
