// `nowasm inspect app.wasm`

import { UNSUPPORTED } from '../0-wasm/features.ts'
import { type Inspection, inspect } from '../inspect.ts'
import { DONE, type Io, readInput } from './io.ts'
import { inFile } from './module-error.ts'
import type { Request } from './request.ts'
import { table } from './table.ts'

/** Prints what a module consists of. */
export function inspectCommand({ file }: Request, io: Io): number {
  const bytes = readInput(file)
  io.out(describe(inFile(file, () => inspect(bytes))))
  return DONE
}

function describe(module: Inspection): string {
  return [
    `${module.bytes} bytes, ${module.functions} functions\n`,
    section(
      'Features',
      module.features.map((feature) => [feature, UNSUPPORTED.has(feature) ? 'not supported yet' : '']),
    ),
    section(
      'Imports',
      module.imports.map(({ module: from, name, kind, type }) => [kind, `${text(from)} ${text(name)}`, type]),
    ),
    section(
      'Exports',
      module.exports.map(({ name, kind, type }) => [kind, text(name), type]),
    ),
    section(
      'Sections',
      module.sections.map(({ name, custom, bytes }) => [custom ? `custom ${text(name)}` : name, bytes]),
    ),
    section(
      'Largest functions',
      module.largest.map(({ index, name, bytes }) => [index, bytes, name === undefined ? '' : text(name)]),
    ),
  ].join('\n')
}

/** Names may hold anything, line breaks and terminal codes included. */
const text = (name: string): string =>
  JSON.stringify(name).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const section = (title: string, rows: readonly (readonly (string | number)[])[]): string =>
  `${title}: ${rows.length === 0 ? 'none' : ''}\n`.replace(': \n', ':\n') + table(rows, '  ')
