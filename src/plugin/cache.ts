// Compiled modules as files, found by what they were made of: the bytes, the options and the compiler's own text. So nothing is
// compiled twice, in the next build and by the next bundler neither.
//
//   node_modules/.cache/nowasm/
//     3f0c.../x_bg.mjs x_bg.wasm x_bg.json     the compiled module, its stub, what the plugin needs to know of it
//     9b1e.../x_bg.mjs                         a wrapper (wrappers.ts)

import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { ExportInfo, ImportInfo } from '../6-emit/program.ts'
import type { Options } from '../options.ts'

/** What is known of a compiled module, as JSON in the cache. */
export interface Facts {
  readonly imports: readonly ImportInfo[]
  readonly exports: readonly ExportInfo[]
  readonly warnings: readonly string[]
  /** The stub, in base64. */
  readonly stubText: string
  /** Bytes: of the `.wasm`, of the compiled module, and of that compressed. */
  readonly wasm: number
  readonly size: number
  readonly gzip: number
}

export interface CompiledFile extends Facts {
  /** Paths of the compiled module and of its stub. */
  readonly module: string
  readonly stub: string
  /** Milliseconds that it took; undefined: it was in the cache. */
  readonly took: number | undefined
}

/** What the thread is given that compiles (thread.ts). */
export interface CompileTask {
  readonly bytes: Uint8Array
  readonly options: Options
  /** Where to write, without the extensions. */
  readonly stem: string
  /** Threads that may work on the module: the output does not tell how many there were. */
  readonly jobs: number
}

/** What it answers. */
export type CompileAnswer = { readonly done: true } | { readonly error: string }

const MOST_THREADS = Math.min(availableParallelism(), 4)

/** The `.cache` that tools of a project share. */
export function defaultFolder(): string {
  let folder = process.cwd()
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  const root = dirname(folder) === folder ? process.cwd() : folder
  return join(root, 'node_modules', '.cache', 'nowasm')
}

export class Cache {
  readonly folder: string
  readonly #options: Options
  /** By key, so that a module that is asked for while it is compiled is compiled once. */
  readonly #compiled = new Map<string, Promise<CompiledFile>>()

  /** What ends when the next module may begin. */
  readonly #lanes: Promise<unknown>[] = Array.from({ length: MOST_THREADS }, () => Promise.resolve())
  #tasks = 0
  #compiler: Promise<string> | undefined

  constructor(folder: string, options: Options) {
    this.folder = resolve(folder)
    this.#options = options
  }

  /** The compiled module of a file. Rejects with an error that names it. */
  async compiled(file: string): Promise<CompiledFile> {
    const bytes = await readFile(file)
    this.#compiler ??= compilerHash()
    const key = hash(await this.#compiler, JSON.stringify(this.#options), bytes)
    const known = this.#compiled.get(key)
    if (known) return known
    const compiling = this.#find(file, key, bytes)
    this.#compiled.set(key, compiling)
    // A file that was refused may be another when it is asked for again.
    compiling.catch(() => this.#compiled.delete(key))
    return compiling
  }

  async #find(file: string, key: string, bytes: Uint8Array): Promise<CompiledFile> {
    const name = basename(file, '.wasm')
    const stem = join(this.folder, key, name)
    const start = performance.now()
    // Written last: when it is there, all is.
    const isThere = existsSync(`${stem}.json`)
    if (!isThere) {
      await mkdir(dirname(stem), { recursive: true })
      const answer = await this.#inTurn({ bytes, options: { ...this.#options, name }, stem, jobs: MOST_THREADS })
      if ('error' in answer) throw new Error(`nowasm: ${file}: ${answer.error}`)
    }
    const facts: Facts = JSON.parse(await readFile(`${stem}.json`, 'utf8'))
    const took = isThere ? undefined : performance.now() - start
    return { ...facts, module: `${stem}.mjs`, stub: `${stem}.wasm`, took }
  }

  /** Few at a time: each thread holds a module. */
  async #inTurn(task: CompileTask): Promise<CompileAnswer> {
    const lane = this.#tasks++ % this.#lanes.length
    const answer = this.#lanes[lane]!.then(() => inThread(task))
    this.#lanes[lane] = answer.catch(() => {})
    return answer
  }

  /** Writes a module that stands for a file. @returns its path */
  async write(file: string, text: string): Promise<string> {
    const path = join(this.folder, hash(file, text), `${basename(file, '.wasm')}.mjs`)
    if (!existsSync(path)) {
      await mkdir(dirname(path), { recursive: true })
      // Several builds may share a cache: whoever reads a file reads all of it.
      const temporary = join(dirname(path), `${randomUUID()}.tmp`)
      await writeFile(temporary, text)
      await rename(temporary, path)
    }
    return path
  }

  /** Whether a file is one of these. */
  has(path: string): boolean {
    return resolve(path).startsWith(this.folder + sep)
  }
}

/** A hash of the compiler's files, which lie in one folder: a repaired compiler may have the version of one that was not. */
async function compilerHash(): Promise<string> {
  const folder = dirname(fileURLToPath(import.meta.url))
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js') && !name.endsWith('.min.js')).sort()
  return hash(...(await Promise.all(names.map((name) => readFile(join(folder, name))))))
}

function hash(...parts: readonly (string | Uint8Array)[]): string {
  const digest = createHash('sha256')
  for (const part of parts) digest.update(part).update('\0')
  return digest.digest('hex').slice(0, 24)
}

/** Bundlers go on meanwhile. */
function inThread(task: CompileTask): Promise<CompileAnswer> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData: task })
    worker.once('message', done)
    worker.once('error', fail)
    worker.once('exit', (code) => fail(new Error(`nowasm: the compiling thread ended with ${code}`)))
  })
}
