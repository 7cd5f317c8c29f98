// Rows of earlier runs, so that a table can be made in several.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from './engine.ts'
import { HERE } from './here.ts'
import type { Row } from './run.ts'
import type { NotRun } from './table.ts'

const FOLDER = join(HERE, '.cache')

const fileOf = ({ name }: Engine): string => join(FOLDER, `${name}.json`)

export function saveRow(row: Row): void {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(fileOf(row.engine), JSON.stringify(row))
}

/** The engine's row as it was. */
export function savedRow(engine: Engine): Row | NotRun {
  if (!existsSync(fileOf(engine))) return { title: engine.title, reason: 'not asked for' }
  return { ...JSON.parse(readFileSync(fileOf(engine), 'utf8')), engine } as Row
}
