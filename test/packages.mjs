// Installs the packages that a folder of tests has for itself, at their locked versions.

import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'

/** When a file was written, 0 if there is none. */
const timeOf = (...path) => statSync(join(...path), { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Not by `npm ci`: that refuses a lock which lacks the versions of packages for other platforms. */
export function installPackages(folder) {
  if (timeOf(folder, 'node_modules/.package-lock.json') >= timeOf(folder, 'package-lock.json')) return
  console.error(`installing the packages of ${folder} ...`)
  const words = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder]
  execFileSync('npm', words, { stdio: ['ignore', 'inherit', 'inherit'] })
}
