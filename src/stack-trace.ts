// Stack traces of outputs, in terms of the Wasm module: what an engine printed about a JavaScript file, as it would have printed
// it about the module.
//
//   at DataView.prototype.getInt32 (<anonymous>)
//   at f3 (app.mjs:92:55)                              at leaf (wasm-function[3]:0xd4)
//   at f1 (app.mjs:90:28)                              at oob (wasm-function[1]:0xa7)
//   at 1 [as oob] (app.mjs:85:60)
//   at main (main.mjs:7:39)                            at main (main.mjs:7:39)
//
// Of a function that was put where it is called there is no frame in JavaScript. The instruction says that it is from there, so two
// frames stand for the one: that function, and without an offset the one that JavaScript names.

import { readSourceMap } from './7-link/read-source-map.ts'
import { unnamed } from './7-link/source-map.ts'
import { readSymbolMap } from './7-link/symbol-map.ts'

/** A frame of a stack, as engines print it. */
interface Frame {
  /** The function's name; empty if it has none. */
  readonly called: string
  readonly location: string
  readonly line: number
  readonly column: number
}

/** A function on the stack. */
interface Called {
  readonly index: number
  readonly name: string | undefined
  /** Byte offset of the instruction, where it is known. */
  readonly offset?: number
}

/**
 * What is known about an output: the Wasm functions of a frame, innermost first, none for what only helps it. Undefined: the frame
 * is of another file.
 */
export type Symbols = (frame: Frame) => readonly Called[] | undefined

/** Reads what `--source-map` or `--symbols` wrote. Throws SyntaxError for anything else. */
export const readSymbols = (text: string): Symbols =>
  text.trimStart().startsWith('{') ? fromSourceMap(text) : fromSymbolMap(text)

function fromSourceMap(text: string): Symbols {
  const { file, find, nameOf } = readSourceMap(text)
  return ({ called, location, line, column }) => {
    if (baseName(location) !== file && lastPart(location) !== file) return undefined
    const found = find(line, column)
    if (found === undefined) return []
    const inner = { ...found, name: nameOf(found.index) }
    const own = functionCalled(called)
    return own === undefined || own === found.index ? [inner] : [inner, { index: own, name: nameOf(own) }]
  }
}

/** Without positions there is only the name to go by, and functions of other files may be called so too. */
function fromSymbolMap(text: string): Symbols {
  const names = readSymbolMap(text)
  return ({ called }) => {
    const index = functionCalled(called)
    return index === undefined ? undefined : [{ index, name: names.get(index) }]
  }
}

/** `https://example.org/js/app.mjs?v=2` -> `app.mjs` */
const baseName = (location: string): string => decoded(lastPart(location.replace(/[?#].*$/, '')))

/** Of a path, the file's name, which may have a `#` in it. */
const lastPart = (location: string): string => location.replace(/^.*[/\\]/, '')

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** What an output calls function 5: `f5`; versions and parts of it `w5`, `$$f5`, `f5_1`, and `c5` what is compiled when it is called. */
const FUNCTION = /(?:^|\.)(?:[fwc]|\$\$f)(?<index>\d+)(?:_\d+)?(?: \[as .*)?$/

/** The index of the function; undefined: it is called otherwise. */
function functionCalled(called: string): number | undefined {
  const index = FUNCTION.exec(called)?.groups?.['index']
  return index === undefined ? undefined : Number(index)
}

/** Whether a frame is of the same call as the one before it, of a function that runs a version or part of itself. */
function isSameCall({ called }: Frame, before: Frame | undefined): boolean {
  const inner = before === undefined ? undefined : functionCalled(before.called)
  return (
    inner !== undefined && /^f\d+$/.test(called) && !/^f\d+$/.test(before!.called) && functionCalled(called) === inner
  )
}

/** `at NAME (LOCATION:1:2)` or `at LOCATION:1:2` (V8, JavaScriptCore in Bun, QuickJS), `NAME@LOCATION:1:2` (the others). */
const SHAPES = [
  /^\s*at (?:async )?(?<called>.*?) \((?<location>.*):(?<line>\d+):(?<column>\d+)\)$/,
  /^\s*at (?<called>)(?<location>.*):(?<line>\d+):(?<column>\d+)$/,
  /^\s*(?<called>[^@]*)@(?<location>.*):(?<line>\d+):(?<column>\d+)$/,
]

function readFrame(text: string): Frame | undefined {
  for (const shape of SHAPES) {
    const { called, location, line, column } = shape.exec(text)?.groups ?? {}
    if (location !== undefined) return { called: called!, location, line: Number(line), column: Number(column) }
  }
  return undefined
}

const frameText = ({ index, name = unnamed(index), offset }: Called): string => {
  const at = offset === undefined ? '' : `:0x${offset.toString(16)}`
  return name === unnamed(index) ? `    at ${name}${at}` : `    at ${printable(name)} (${unnamed(index)}${at})`
}

/** Names may hold anything, line breaks and terminal codes included. */
const printable = (name: string): string => name.replace(/\p{Cc}|[\u2028-\u202e\u2066-\u2069]/gu, '?')

/**
 * A stack trace in terms of the Wasm module.
 *
 * @param keeps whether lines stay that are not about the output
 */
export function symbolize(trace: string, symbols: Symbols, keeps = true): string {
  const lines: string[] = []
  let before: Frame | undefined
  for (const text of trace.split('\n')) {
    const frame = readFrame(text)
    const functions = frame && symbols(frame)
    if (functions === undefined) {
      if (keeps) lines.push(text)
    } else if (!isSameCall(frame!, before)) lines.push(...functions.map(frameText))
    before = frame
  }
  return lines.join('\n')
}
