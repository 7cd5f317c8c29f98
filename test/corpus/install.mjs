import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { folderOfSet, setOf } from './programs.mjs'

/** Installs the packages of the programs at their locked versions, unless these are there: of each set that one of them is in. */
export function install(names = []) {
  const sets = new Set(['usual', ...names.map(setOf)])
  for (const set of sets) installIn(fileURLToPath(new URL(folderOfSet(set), import.meta.url)))
}

/** When a file was written, 0 if there is none. */
const timeOf = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

function installIn(folder) {
  if (timeOf(`${folder}/node_modules/.package-lock.json`) >= timeOf(`${folder}/package-lock.json`)) return
  console.error('installing the corpus packages ...')
  const words = ['install', '--no-save', '--ignore-scripts', '--prefix', folder] // ci refuses packages of other platforms without a version
  execFileSync('npm', words, { stdio: ['ignore', 'inherit', 'inherit'] })
}
