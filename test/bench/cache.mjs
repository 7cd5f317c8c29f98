// The folder of everything that is built: kernels, modules of programs, outputs. It may be deleted at any time.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A path in the cache folder; the folders above it exist afterwards. */
export function cacheFile(name) {
  const path = fileURLToPath(new URL(`./.cache/${name}`, import.meta.url))
  mkdirSync(dirname(path), { recursive: true })
  return path
}

/** Writes a file of the cache folder and gives its path. */
export function writeCache(name, data) {
  const path = cacheFile(name)
  writeFileSync(path, data)
  return path
}
