// Runs examples as their READMEs say.

import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The path of a file in `examples`. */
export const example = (path: string): string => fileURLToPath(new URL(`../../examples/${path}`, import.meta.url))

/** Runs a file in `examples`: what it prints. `flags` are Node's. Throws if it fails. */
export const node = (path: string, flags: readonly string[] = []): string =>
  execFileSync(process.execPath, [...flags, example(path)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
