// Engines that are commands: each script is a file, and runs in a process of its own.

import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Opened } from './engine.ts'
import { folder } from './folder.ts'

/** hermesc's optimiser takes minutes for a switch of 8,000 cases, as the suite has one. */
const LIMIT_MS = 900_000

/** Shells have `print`, and others `console`. */
const REPORT = "var report = typeof print === 'function' ? print : console.log;\n"

const said = (text: string): string => text.trim().split('\n').at(-1) ?? ''

/** @returns what a command prints */
export const output = (command: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = { maxBuffer: 1 << 30, timeout: LIMIT_MS, env: { ...process.env, ...env } }
    execFile(command, args, options, (error, out, errors) => {
      if (!error) return resolve(out)
      const { code, signal } = error as { code?: string | number; signal?: string }
      if (code === 'ENOENT') return reject(new Error(`no command ${command}`))
      reject(
        new Error(signal ? `ended by ${signal}` : `ended with ${code}: ${said(errors) || said(out)}`.slice(0, 300)),
      )
    })
  })

/**
 * @param args those before the script
 * @param prepare makes of the script's file what the command takes in its place
 */
export const commandEngine = (
  version: string,
  command: string,
  args: readonly string[] = [],
  { env = {}, node = false, prepare = async (file: string) => file } = {},
): Opened => ({
  version,
  async run(job) {
    const file = join(folder, 'job.js')
    writeFileSync(file, REPORT + job)
    return output(command, [...args, await prepare(file)], env)
  },
  ...(node && { node: { command, args, env } }),
})
