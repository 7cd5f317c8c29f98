// `nowasm inspect app.wasm`

import { availableFeatures, type Feature, stateOf } from '../0-wasm/features.ts'
import { type Inspection, inspect } from '../inspect.ts'
import { featuresOf } from './arguments.ts'
import { DONE, inFile } from './errors.ts'
import { type Io, readInput } from './io.ts'
import { quote } from './quote.ts'
import type { Request } from './request.ts'
import { table } from './table.ts'

/** Prints what a module consists of. */
export function inspectCommand({ file, options }: Request, io: Io): number {
  const bytes = readInput(file)
  const inspection = inFile(file, () => inspect(bytes, { features: featuresOf(options) }))
  io.out(options['json'] === true ? `${JSON.stringify(inspection, null, 2)}\n` : describe(inspection))
  return DONE
}

function describe(module: Inspection): string {
  return [
    `${module.bytes} bytes, ${module.functions} function${module.functions === 1 ? '' : 's'}\n`,
    `Compiles: ${module.refusal === undefined ? 'yes' : `no, ${module.refusal}`}\n`,
    section(
      'Features',
      module.features.map((feature) => [feature, remarkOn(feature)]),
    ),
    section(
      'Imports',
      module.imports.map(({ module: from, name, kind, type }) => [kind, `${quote(from)} ${quote(name)}`, type]),
    ),
    section(
      'Exports',
      module.exports.map(({ name, kind, type }) => [kind, quote(name), type]),
    ),
    section(
      'Sections',
      module.sections.map(({ name, custom, bytes }) => [custom ? `custom ${quote(name)}` : name, bytes]),
    ),
    section(
      'Largest functions',
      module.largest.map(({ index, name, bytes }) => [index, bytes, name === undefined ? '' : quote(name)]),
    ),
  ].join('\n')
}

function remarkOn(feature: Feature): string {
  if (stateOf(feature) !== 'compiled') return 'not supported yet'
  return availableFeatures().has(feature) ? '' : `needs --features ${feature}`
}

const section = (title: string, rows: readonly (readonly (string | number)[])[]): string =>
  `${title}: ${rows.length === 0 ? 'none' : ''}\n`.replace(': \n', ':\n') + table(rows, '  ')
