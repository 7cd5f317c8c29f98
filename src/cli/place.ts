// Where paths lead: what is written to one ends up there. So no file is written that is read, or written, by another name.

import { lstatSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { UsageError } from './errors.ts'

export interface Place {
  /** Not a link itself, but of a device. */
  readonly path: string
  /** What is there; undefined: nothing. */
  readonly stat: Stats | undefined
  /** A device or pipe, which no file can take the place of. */
  readonly isSpecial: boolean
}

/** Follows links, those that lead to nothing too. Throws what node:fs throws. */
export function placeOf(path: string): Place {
  const stat = statSync(path, { throwIfNoEntry: false })
  // A pipe's link in /proc has no path that could be opened.
  if (stat && !stat.isFile() && !stat.isDirectory()) return { path, stat, isSpecial: true }
  if (stat) return { path: realpathSync(path), stat, isSpecial: false }
  // Links in a circle have been an error above.
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
    return placeOf(resolve(realpathSync(dirname(path)), readlinkSync(path)))
  return { path, stat, isSpecial: false }
}

/**
 * Throws UsageError if one of the paths that are written leads to where another one does, or one that is read. `-` is none of the
 * latter. What differs only in upper and lower case counts as different.
 */
export function checkPlaces(inputs: readonly string[], outputs: readonly string[]): void {
  const read = new Map(inputs.filter((path) => path !== '-').map((path) => [identity(path), path]))
  const written = new Set<string>()
  for (const path of outputs) {
    const place = identity(path)
    if (place === undefined) continue
    const input = read.get(place)
    if (input !== undefined) throw new UsageError(`${path} would replace the input${input === path ? '' : ` ${input}`}`)
    if (written.has(place)) throw new UsageError(`${path} would be written twice`)
    written.add(place)
  }
}

/** The one absolute path of a place, if nothing is there either; undefined for devices and pipes, to which anything may go. */
function identity(path: string): string | undefined {
  try {
    const place = placeOf(path)
    return place.isSpecial ? undefined : real(resolve(place.path))
  } catch {
    // It cannot be read or written, which is said when it is tried.
    return resolve(path)
  }
}

/** Without links, as far as there is something. */
function real(path: string): string {
  const folder = dirname(path)
  try {
    return realpathSync(path)
  } catch {
    return folder === path ? path : join(real(folder), basename(path))
  }
}
