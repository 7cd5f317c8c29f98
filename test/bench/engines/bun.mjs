// JavaScriptCore: Bun, from the package of this platform, or the command `bun`.
import { execFileSync } from 'node:child_process'
import { packageFile } from '../install.mjs'
import { processEngine } from './process.mjs'

export const title = 'Bun (JavaScriptCore)'

export function open() {
  const platform = `${process.platform}-${process.arch.replace('arm64', 'aarch64')}`
  const command = packageFile(`@oven/bun-${platform}/bin/bun`) ?? 'bun'
  const version = execFileSync(command, ['--version']).toString().trim()
  return { ...processEngine(command, `Bun ${version}`, '--preload'), programs: true }
}
