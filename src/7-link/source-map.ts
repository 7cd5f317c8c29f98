// Source maps of outputs (ECMA-426). The source is the Wasm binary, as one line, in which the column is the byte offset of an
// instruction; where the output calls a function of the module, its name is what the segment names. So engines that read source
// maps print `leaf (app.wasm:1:213)`.
//
//   return f3(D0.v.i(a + 4, true))
//          f3                        [column 7, source 0, line 0, byte offset 0xb1, name "leaf"]
//             D0                     [column 10, source 0, line 0, byte offset 0xae]
//
// The names are those of all functions that have code, in the order of their indices. A field of our own says where these functions
// begin (`FunctionStarts`), so that it can be told of an offset which function it is in.

import { functionNames } from '../0-wasm/function-names.ts'
import type { Module } from '../0-wasm/module.ts'
import type { MappedText } from '../6-emit/program.ts'
import { vlq } from './vlq.ts'

/** What a source map is made of. */
export interface Mapping {
  /** In the order of the output. */
  readonly texts: readonly MappedText[]
  readonly module: Pick<Module, 'names' | 'exports' | 'funcs'>
}

/** The field of source maps that has the functions of the module which have code. */
export const FUNCTION_STARTS = 'x_wasm_functions'

/** Their code entries follow each other: the function of an offset is the last one that begins before it. */
export interface FunctionStarts {
  /** Index of the first of them; the others follow. */
  readonly first: number
  /** Byte offsets, ascending. */
  readonly starts: readonly number[]
}

/** @returns the index of the function that has the byte at `offset`, which is behind the first of `starts` */
export function functionAt({ first, starts }: FunctionStarts, offset: number): number {
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle
  }
  return first + low
}

/** What `functionNames` has no name for. */
export const unnamed = (index: number): string => `wasm-function[${index}]`

/**
 * The source map of an output, in pieces.
 *
 * @param chunks the output's text
 * @param files the name of the output, and the path of the module from where the map is, with slashes
 */
export function* sourceMap(
  { texts, module }: Mapping,
  chunks: readonly string[],
  files: { readonly output: string; readonly source: string },
): Generator<string> {
  const { funcs } = module
  const first = funcs.findIndex(({ body }) => body !== undefined)
  const functions: FunctionStarts = {
    first: Math.max(first, 0),
    starts: funcs.flatMap(({ body }) => (body === undefined ? [] : [body.start])),
  }
  const mappings = new Mappings(chunks, functions)
  const named = functionNames(module)
  const names = functions.starts.map((_, i) => named.get(functions.first + i) ?? unnamed(functions.first + i))
  // Sources are addresses.
  const source = files.source.split('/').map(encodeURIComponent).join('/')
  yield `{"version":3,"file":${JSON.stringify(files.output)},"sources":[${JSON.stringify(source)}],"mappings":"`
  for (const text of texts) yield mappings.of(text)
  yield `","names":${JSON.stringify(names)},"${FUNCTION_STARTS}":${JSON.stringify(functions)}}\n`
}

/** Where lines begin, in characters from the start of the text. */
function lineStarts(chunks: readonly string[]): number[] {
  const starts = [0]
  let before = 0
  for (const chunk of chunks) {
    for (let at = chunk.indexOf('\n'); at >= 0; at = chunk.indexOf('\n', at + 1)) starts.push(before + at + 1)
    before += chunk.length
  }
  return starts
}

/** A call of a function, or a version or part of it (6-emit/names.ts). */
const CALL = /(?:[fw]|\$\$f)(\d+)(?:_\d+)?\(/y

/** Writes segments, each of which says how it differs from the one before. */
class Mappings {
  readonly #chunks: readonly string[]
  readonly #lines: readonly number[]
  readonly #functions: FunctionStarts
  /** The chunk at work, and where it begins. */
  #chunk = 0
  #chunkStart = 0
  #line = 0
  #text = ''
  #isFirst = true
  #column = 0
  #offset = 0
  #name = 0

  constructor(chunks: readonly string[], functions: FunctionStarts) {
    this.#chunks = chunks
    this.#lines = lineStarts(chunks)
    this.#functions = functions
  }

  /** The segments of a text, which is behind the one before. */
  of({ start, pairs }: MappedText): string {
    let current = -1
    for (let i = 0; i < pairs.length; i += 2) {
      const place = start + pairs[i]!
      while (this.#lines[this.#line + 1]! <= place) {
        this.#nextLine()
        // What holds of a line ends with it.
        if (current >= 0 && this.#lines[this.#line]! < place) this.#segment(this.#lines[this.#line]!, current)
      }
      current = pairs[i + 1]!
      this.#segment(place, current)
    }
    const text = this.#text
    this.#text = ''
    return text
  }

  #nextLine(): void {
    this.#line++
    this.#text += ';'
    this.#isFirst = true
    this.#column = 0
  }

  #segment(place: number, offset: number): void {
    const column = place - this.#lines[this.#line]!
    this.#text += (this.#isFirst ? '' : ',') + vlq(column - this.#column)
    this.#isFirst = false
    this.#column = column
    if (offset < 0) return
    this.#text += `AA${vlq(offset - this.#offset)}`
    this.#offset = offset
    const called = this.#calledAt(place)
    // Imported functions have no name here.
    if (called === undefined || called < this.#functions.first) return
    const name = called - this.#functions.first
    this.#text += vlq(name - this.#name)
    this.#name = name
  }

  /** The index of the function of the module that the text there calls by the name of its own that functions have without --names. */
  #calledAt(place: number): number | undefined {
    while (place >= this.#chunkStart + this.#chunks[this.#chunk]!.length)
      this.#chunkStart += this.#chunks[this.#chunk++]!.length
    CALL.lastIndex = place - this.#chunkStart
    const [, index] = CALL.exec(this.#chunks[this.#chunk]!) ?? []
    return index === undefined ? undefined : Number(index)
  }
}
