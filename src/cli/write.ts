// Output files appear whole or not at all: they are written under a temporary name and then renamed.

import { randomUUID } from 'node:crypto'
import { closeSync, fchmodSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from './errors.ts'
import { systemReason } from './io.ts'
import { placeOf } from './place.ts'

/** Text and bytes are gathered to writes of about this many bytes or characters. */
const GATHER = 1 << 20

/** The bits of a mode that say who may do what. */
const PERMISSIONS = 0o777

/** Writes the chunks to a file, one after the other. A file that is there keeps its mode, and a link leads to the new one. */
export function writeOutput(path: string, chunks: Iterable<string | Uint8Array>): void {
  try {
    const target = placeOf(path)
    if (target.isSpecial) {
      writeChunks(target.path, chunks)
      return
    }
    // No longer than any name may be: not made of the file's.
    const temporary = join(dirname(target.path), `.nowasm-${randomUUID()}.tmp`)
    try {
      writeChunks(temporary, chunks, target.stat?.isFile() ? target.stat.mode : undefined)
      renameSync(temporary, target.path)
    } catch (error) {
      rmSync(temporary, { force: true })
      throw error
    }
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${systemReason(error)}`)
  }
}

/** Makes a folder, and those that it is in, if they are not there. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${systemReason(error)}`)
  }
}

function writeChunks(path: string, chunks: Iterable<string | Uint8Array>, mode?: number): void {
  const file = openSync(path, 'w')
  try {
    // Where files have no modes of their own, none can be set either.
    if (mode !== undefined && fstatSync(file).mode !== mode) fchmodSync(file, mode & PERMISSIONS)
    let gathered = ''
    for (const chunk of chunks) {
      if (typeof chunk === 'string' && gathered.length + chunk.length < GATHER) {
        gathered += chunk
        continue
      }
      writeAll(file, gathered)
      gathered = ''
      writeAll(file, chunk)
    }
    writeAll(file, gathered)
  } finally {
    closeSync(file)
  }
}

function writeAll(file: number, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}
