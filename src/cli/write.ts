// Output files appear whole or not at all: they are written under a temporary name and then renamed.

import { closeSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UsageError } from './errors.ts'
import { systemReason } from './io.ts'

/** Text and bytes are gathered to writes of about this many bytes or characters. */
const GATHER = 1 << 20

/** Writes the chunks to a file, one after the other. */
export function writeOutput(path: string, chunks: Iterable<string | Uint8Array>): void {
  try {
    const target = existing(path)
    if (target.special) {
      writeChunks(target.path, chunks)
      return
    }
    const temporary = join(dirname(target.path), `.${basename(target.path)}.${process.pid}.tmp`)
    try {
      writeChunks(temporary, chunks)
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

/** Where the path leads; a device or pipe is `special`: it cannot be replaced by a file. */
function existing(path: string): { path: string; special: boolean } {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return { path, special: false }
  return { path: realpathSync(path), special: !stat.isFile() && !stat.isDirectory() }
}

function writeChunks(path: string, chunks: Iterable<string | Uint8Array>): void {
  const file = openSync(path, 'w')
  try {
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
