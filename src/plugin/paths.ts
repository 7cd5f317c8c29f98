// Paths in the text of modules.

import { quote } from '../6-emit/build.ts'

/** With slashes, as specifiers have them. */
export const posix = (path: string): string => path.replaceAll('\\', '/')

/** A path as the specifier of an import. */
export const pathLiteral = (path: string): string => quote(posix(path))

/** A path or specifier without what a bundler has put behind it. */
export const withoutQuery = (id: string): string => id.replace(/[?#].*$/s, '')
