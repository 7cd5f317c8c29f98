// Paths in the text of modules, and as bundlers hand them over.

import { statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { quote } from '../6-emit/build.ts'

/** With slashes, as specifiers have them. */
export const posix = (path: string): string => path.replaceAll('\\', '/')

/** A path as the specifier of an import. */
export const pathLiteral = (path: string): string => quote(posix(path))

/** A path without what a bundler has put behind it. Folders may have a `?` or a `#` in their names: what is there decides. */
export const withoutQuery = (id: string): string => fileAt(id) ?? fileAt(unescaped(id)) ?? id.replace(/[?#].*$/s, '')

/** A path without what webpack and Rspack put before each `?` and `#` that is part of it. */
export const unescaped = (path: string): string => path.replace(/[\0\u200b](?=[?#])/g, '')

/** The longest path that the text begins with and a file has. */
function fileAt(id: string): string | undefined {
  if (!isAbsolute(id)) return undefined
  for (let end = id.length; end > 0; end = Math.max(id.lastIndexOf('?', end - 1), id.lastIndexOf('#', end - 1))) {
    if (isFile(id.slice(0, end))) return id.slice(0, end)
  }
  return undefined
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true
  } catch {
    // No path at all: of a module that is no file.
    return false
  }
}
