import { fileURLToPath } from 'node:url'
import { installPackages } from '../packages.mjs'
import { folderOfSet, setOf } from './programs.mjs'

/** Installs the packages of the programs at their locked versions, unless these are there: of each set that one of them is in. */
export function install(names = []) {
  const sets = new Set(['usual', ...names.map(setOf)])
  for (const set of sets) installPackages(fileURLToPath(new URL(folderOfSet(set), import.meta.url)))
}
