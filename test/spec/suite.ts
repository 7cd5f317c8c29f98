// Finds and reads the scripts of a folder.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import type { Script } from './script.ts'

/** Where the suite lies by default, seen from the repository's root. */
export const SUITE = '../shared/spec'

export interface Found {
  /** Path from the suite's root, with `/`: `core/simd/simd_const.json`. */
  readonly path: string
  readonly file: string
}

/** @returns the suite's root: the nearest folder, from `folder` upwards, that has an `index.json`, else `folder`. */
function rootOf(folder: string): string {
  for (let at = folder; ; at = join(at, '..')) {
    if (existsSync(join(at, 'index.json'))) return at
    if (join(at, '..') === at || basename(at) === '') return folder
  }
}

/** @returns the scripts in the folder (or the one script) and below, in order of their paths. */
export function findScripts(folder: string): Found[] {
  const isFile = statSync(folder).isFile()
  const files = isFile
    ? [folder]
    : readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((f) => join(folder, f))
  const root = rootOf(folder)
  return files
    .filter((file) => file.endsWith('.json') && basename(file) !== 'index.json')
    .map((file) => ({ file, path: relative(root, file).split(sep).join('/') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

export const readScript = (file: string): Script => JSON.parse(readFileSync(file, 'utf8')) as Script
