// Where the programs are: in programs those that run always; in more/programs others, of twenty packages and some unlike these; in
// large/programs those whose packages are too large for every run.
import { readdirSync } from 'node:fs'

/** The folder of each set of programs, which has the packages they need. */
const SETS = { usual: '.', more: 'more', large: 'large' }

/** Names of programs, by set. */
export const programs = Object.fromEntries(
  Object.entries(SETS).map(([set, folder]) => {
    const files = readdirSync(new URL(`${folder}/programs`, import.meta.url))
    return [set, files.map((file) => file.replace(/\.mjs$/, '')).sort()]
  }),
)

export const allPrograms = Object.values(programs).flat()

/** The set that a program is in. */
export const setOf = (name) => Object.keys(programs).find((set) => programs[set].includes(name))

/** The folder of a set, which holds its package.json. */
export const folderOfSet = (set) => SETS[set]

/** Imports the script of a program. */
export const importProgram = (name) => import(`./${SETS[setOf(name)]}/programs/${name}.mjs`)
