// The thread that compiles a module for `nowasm/plugin` and writes what comes out (cache.ts).

import { randomUUID } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { CompileError } from '../0-wasm/errors.ts'
import { stubFile } from '../7-link/stub.ts'
import { compileModule } from '../compile.ts'
import type { CompileAnswer, CompileTask, Facts } from './cache.ts'

const { bytes, options, stem, jobs } = workerData as CompileTask

/** Other builds may share the cache: whoever reads a file reads all of it. */
function write(path: string, content: string | Uint8Array): void {
  const temporary = join(dirname(path), `${randomUUID()}.tmp`)
  writeFileSync(temporary, content)
  renameSync(temporary, path)
}

function compile(): CompileAnswer {
  try {
    const { chunks, files, imports, exports, warnings } = compileModule(bytes, { ...options, stub: true, jobs })
    const text = Buffer.from(chunks.join(''))
    const stub = files.get(stubFile(options.name)) as Uint8Array
    const facts: Facts = {
      imports,
      exports,
      warnings,
      stubText: Buffer.from(stub).toString('base64'),
      wasm: bytes.length,
      size: text.length,
      gzip: gzipSync(text).length,
    }
    write(`${stem}.mjs`, text)
    write(`${stem}.wasm`, stub)
    write(`${stem}.json`, JSON.stringify(facts))
    return { done: true }
  } catch (error) {
    if (error instanceof CompileError) return { error: error.message }
    throw error
  }
}

parentPort!.postMessage(compile())
