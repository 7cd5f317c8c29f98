// What the house tests look at: the tracked files, and who imports whom.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's top folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Paths from the top folder of all files that git tracks or would track, in git's order. */
export function trackedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  return [...new Set(listed.toString().split('\0'))].filter((path) => path !== '')
}

/** The text of a file, given by its path from the top folder. */
export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')

export interface Import {
  /** The importing file, a path from the top folder. */
  readonly from: string
  /** The imported file, a path from the top folder, or the package's specifier as it stands. */
  readonly to: string
  /** True for `import type` and `export type`. */
  readonly typeOnly: boolean
}

// Statements stand at the start of a line; between the keyword and `from` there are only names and punctuation.
const STATIC = /^(?:import|export)\s+(type\s+)?(?:[\w\s{},*$]*?\sfrom\s+)?'([^']+)'/gm
const DYNAMIC = /\bimport\('([^']+)'\)/g

/** Everything the TypeScript files under the given folders import, in files' order. */
export function importsUnder(...folders: string[]): Import[] {
  return trackedFiles()
    .filter((path) => path.endsWith('.ts') && folders.some((folder) => path.startsWith(`${folder}/`)))
    .flatMap(importsOf)
}

function importsOf(from: string): Import[] {
  const text = textOf(from)
  const resolve = (to: string) => (to.startsWith('.') ? posix.join(posix.dirname(from), to) : to)
  return [
    ...[...text.matchAll(STATIC)].map(([, type, to]) => ({ from, to: resolve(to!), typeOnly: type !== undefined })),
    ...[...text.matchAll(DYNAMIC)].map(([, to]) => ({ from, to: resolve(to!), typeOnly: false })),
  ]
}
