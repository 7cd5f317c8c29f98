// What a compilation made, in a line for a terminal.

import { gzipSync } from 'node:zlib'

/** `app.mjs: 2.10 MB, 412 kB with gzip, 1.2 s` */
export function summary(output: string, chunks: readonly string[], milliseconds: number): string {
  const bytes = Buffer.from(chunks.join(''))
  const name = output === '-' ? 'written' : output
  return `${name}: ${size(bytes.length)}, ${size(gzipSync(bytes).length)} with gzip, ${(milliseconds / 1000).toFixed(1)} s\n`
}

const size = (bytes: number): string =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`
