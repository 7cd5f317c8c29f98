// The most memory that this process has taken.
import { existsSync, readFileSync } from 'node:fs'

/** What `getrusage` says begins with the peak of the parent, which Linux hands down to the child. */
export function peakBytes() {
  const status = '/proc/self/status'
  if (!existsSync(status)) return process.resourceUsage().maxRSS * 1024
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync(status, 'utf8'))[1]) * 1024
}
