// Progress of a long compilation, on one line of the terminal.

import type { Progress } from '../options.ts'
import type { Io } from './io.ts'

/** Milliseconds before the first line and between two. */
const PATIENCE = 1000
const INTERVAL = 200

/**
 * Reports to the terminal if there is one; `done()` clears the line.
 *
 * @param size of the module in bytes
 * @param now gives milliseconds
 */
export function terminalProgress(io: Io, size: number, now: () => number = () => performance.now()) {
  const start = now()
  let next = start + PATIENCE
  let shown = false
  const report: Progress = (done, total, bytes) => {
    if (!io.terminal || now() < next) return
    const seconds = (now() - start) / 1000
    const part = Math.min(1, bytes / size)
    const rate = (bytes / 1e6 / seconds).toFixed(1)
    const left = Math.ceil((seconds * (1 - part)) / part)
    io.err(`\r\x1b[K${Math.floor(100 * part)} %: ${done} of ${total} functions, ${rate} MB/s, ${left} s left`)
    next = now() + INTERVAL
    shown = true
  }
  return {
    report,
    done: (): void => {
      if (shown) io.err('\r\x1b[K')
    },
  }
}
