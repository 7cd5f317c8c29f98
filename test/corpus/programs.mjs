// Where the programs are: in programs, and in large/programs those whose packages are too large for every run.
import { readdirSync } from 'node:fs'

const FOLDERS = ['programs', 'large/programs']

const programsIn = (folder) =>
  readdirSync(new URL(folder, import.meta.url))
    .map((file) => file.replace(/\.mjs$/, ''))
    .sort()

const [ordinary, large] = FOLDERS.map(programsIn)

/** Names of programs: what runs without being asked for, and what has to be. */
export { large, ordinary }

/** The folder that a program is in. */
export const folderOf = (name) => FOLDERS[large.includes(name) ? 1 : 0]
