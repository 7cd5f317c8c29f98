// Where the packages of the net are, and their installation.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The repository's top folder, from a source file or from a built one. */
function findRoot(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json')) || folder.endsWith('tools')) folder = dirname(folder)
  return folder
}

export const ROOT = findRoot()
const FOLDER = join(ROOT, 'test', 'fuzz', 'tools')

/** Path of a file of an installed package, or undefined. */
export function packageFile(name: string): string | undefined {
  const path = join(FOLDER, 'node_modules', name)
  return existsSync(path) ? path : undefined
}

/** Installs the packages unless they are there: Binaryen, and Bun if it is wanted. Throws if that fails. */
export function installPackages(engines: boolean): void {
  if (packageFile('binaryen') !== undefined && (!engines || bun() !== undefined)) return
  console.error('installing the packages of the net ...')
  const which = engines ? [] : ['--omit=optional']
  execFileSync('npm', ['ci', ...which, '--prefix', FOLDER], { stdio: ['ignore', 'inherit', 'inherit'] })
}

const PLATFORM = `${process.platform}-${process.arch}`

/** The path of Node 26, which is installed if it is not there. Throws if npm has none for this platform. */
export const node26 = (): string =>
  execFileSync(process.execPath, [join(ROOT, 'test', 'node26', 'install.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
    .toString()
    .trim()

/** The Bun that is installed as a package, or undefined. */
export const bun = (): string | undefined => packageFile(`@oven/bun-${PLATFORM.replace('arm64', 'aarch64')}/bin/bun`)
