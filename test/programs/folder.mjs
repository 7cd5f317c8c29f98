// The folder of real programs beside the repository, and where their packages are.
import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** ../shared/programs beside the repository, or what the variable NOWASM_PROGRAMS names; it may not be there. */
export const programsFolder = () => resolve(process.env.NOWASM_PROGRAMS ?? here('../../../shared/programs'))

/** The folder that gets the packages, about 1 GB. The folder's own runner fills it in the same way. */
export const HOME = here('.cache/home')

/** Names of the programs, each a script in `drives`; none where the folder is not there. */
export function programNames() {
  const drives = join(programsFolder(), 'drives')
  if (!existsSync(drives)) return []
  const scripts = readdirSync(drives).filter((file) => file.endsWith('.mjs'))
  return scripts.map((file) => file.slice(0, -'.mjs'.length)).sort()
}

/** Copies the scripts beside their packages, which are installed unless they are there. */
export function prepareHome() {
  mkdirSync(HOME, { recursive: true })
  copyFileSync(join(programsFolder(), 'package.json'), join(HOME, 'package.json'))
  cpSync(join(programsFolder(), 'drives'), join(HOME, 'drives'), { recursive: true })
  if (existsSync(join(HOME, 'node_modules'))) return
  console.error('installing the packages of the programs ...')
  const words = ['install', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund']
  execFileSync('npm', words, { cwd: HOME, stdio: ['ignore', 'inherit', 'inherit'] })
}
