// Reads the source maps that source-map.ts writes, to find instructions by their place in an output.

import { FUNCTION_STARTS, type FunctionStarts, functionAt } from './source-map.ts'
import { readVlqs } from './vlq.ts'

/** What stands at a place of an output. */
export interface Origin {
  /** Byte offset of the instruction. */
  readonly offset: number
  /** Index of the function that has it. */
  readonly index: number
}

export interface ReadSourceMap {
  /** The name of the output. */
  readonly file: string
  /**
   * @param line from 1, as stack traces have it
   * @param column from 1
   * @returns undefined where the text is from no instruction
   */
  find(line: number, column: number): Origin | undefined
  /** The name of a function that has code. */
  nameOf(index: number): string | undefined
}

/** Of a line: columns, ascending, and for each of them a byte offset, or -1. */
interface Line {
  readonly columns: number[]
  readonly offsets: number[]
}

/** Throws SyntaxError for what is no source map of ours. */
export function readSourceMap(text: string): ReadSourceMap {
  const map = JSON.parse(text) as Record<string, unknown>
  const { version, file, mappings, names } = map
  const functions = map[FUNCTION_STARTS] as FunctionStarts | undefined
  if (version !== 3 || typeof mappings !== 'string' || functions === undefined)
    throw new SyntaxError('it is no source map that nowasm has written')
  const lines = readMappings(mappings)
  return {
    file: String(file),
    find(line, column) {
      const found = lines[line - 1]
      const at = found === undefined ? -1 : lastUpTo(found.columns, column - 1)
      if (at < 0 || found!.offsets[at]! < 0) return undefined
      const offset = found!.offsets[at]!
      return { offset, index: functionAt(functions, offset) }
    },
    nameOf: (index) => (names as readonly string[])[index - functions.first],
  }
}

function readMappings(mappings: string): Line[] {
  let offset = 0
  return mappings.split(';').map((text) => {
    const line: Line = { columns: [], offsets: [] }
    let column = 0
    for (const segment of text === '' ? [] : text.split(',')) {
      // The source's line is always the first.
      const [columns, source, _line, offsets = 0] = readVlqs(segment)
      column += columns!
      offset += offsets
      line.columns.push(column)
      line.offsets.push(source === undefined ? -1 : offset)
    }
    return line
  })
}

/** Where in an ascending list the last number up to `value` is; -1 if there is none. */
function lastUpTo(list: readonly number[], value: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (list[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
