// The folder of everything that is built: kernels, modules of programs, outputs. It may be deleted at any time.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A path in the cache folder; the folders above it exist afterwards. */
export function cacheFile(name) {
  const path = fileURLToPath(new URL(`./.cache/${name}`, import.meta.url))
  mkdirSync(dirname(path), { recursive: true })
  return path
}

/** The variable by which child processes find the files of their run: several runs may go on at once. */
const RUN = 'NOWASM_BENCH_RUN'

/** A name in the cache for a file that only this run and its children use. */
export const ofRun = (name) => `runs/${process.env[RUN]}/${name}`

/** Makes this process and its children a run; its files go when the process ends. */
export function startRun() {
  process.env[RUN] = String(process.pid)
  process.on('exit', () => rmSync(cacheFile(ofRun('')), { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
}

/** Writes a file of the cache folder and gives its path. */
export function writeCache(name, data) {
  const path = cacheFile(name)
  writeFileSync(path, data)
  return path
}
