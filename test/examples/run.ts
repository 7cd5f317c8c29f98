// Runs examples as their READMEs say.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The path of a file in `examples`. */
export const example = (path: string): string => fileURLToPath(new URL(`../../examples/${path}`, import.meta.url))

/** Runs a file in `examples`: what it prints. `flags` are Node's. Throws if it fails. */
export const node = (path: string, flags: readonly string[] = []): string =>
  execFileSync(process.execPath, [...flags, example(path)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** A folder in `examples` with packages of its own is run where `npm install` was run in it, or can be: else the reason. */
export function uninstalled(folder: string): string | undefined {
  if (existsSync(example(`${folder}/node_modules/nowasm`))) return undefined
  try {
    const options = [
      '--no-package-lock',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--ignore-scripts',
      '--fetch-retries=0',
    ]
    execFileSync('npm', ['install', ...options], { cwd: example(folder), stdio: 'pipe', timeout: 120_000 })
    return undefined
  } catch (error) {
    return `npm install fails in examples/${folder}: ${error instanceof Error ? error.message : error}`
  }
}
