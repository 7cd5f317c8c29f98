// Libraries with a file system in memory: installed at their locked versions when a test first asks for one.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** Why there are none, or undefined. */
function install(): string | undefined {
  if (existsSync(`${folder}node_modules/.package-lock.json`)) return undefined
  try {
    execFileSync('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund'], { stdio: 'pipe' })
    return undefined
  } catch {
    return 'the libraries cannot be installed'
  }
}

const lacking = install()

/** The module of a library, undefined if it cannot be had. */
export async function library<T>(name: string): Promise<T | undefined> {
  if (lacking !== undefined) return undefined
  const path = createRequire(`${folder}package.json`).resolve(name)
  return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as T
}
