// What a run needs: the packages at their locked versions, and copies of compilers that no later build changes.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { install as installCorpus } from '../corpus/install.mjs'
import { installNode26 } from '../node26/install.mjs'
import { cacheFile, ofRun, writeCache } from './cache.mjs'

const folder = fileURLToPath(new URL('.', import.meta.url))
const require = createRequire(import.meta.url)

/** Installs the packages of the bench, and of the corpus when our own programs run, unless they are there. */
export function install({ corpus }) {
  if (corpus) {
    installCorpus()
    // The drivers of the programs find the corpus's packages by this link.
    if (!existsSync(`${folder}programs/node_modules`)) {
      symlinkSync(`${folder}../corpus/node_modules`, `${folder}programs/node_modules`, 'junction')
    }
  }
  if (existsSync(`${folder}node_modules`)) return
  console.error('installing the packages of the bench ...')
  execFileSync('npm', ['ci', '--prefix', folder], { stdio: ['ignore', 'inherit', 'inherit'] })
}

/** Path of Node 26, or of the Node that runs this where there is none. */
export const benchNode = () => installNode26() ?? process.execPath

/** Path of a file of an installed package, or undefined. */
export function packageFile(name) {
  try {
    return require.resolve(name)
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}

/** Copies a built compiler, a folder with `dist`, to the files of this run. @param build name of the copy */
export function copyCompiler(build, folder = fileURLToPath(new URL('../..', import.meta.url))) {
  cpSync(join(folder, 'dist'), cacheFile(ofRun(`${build}/dist`)), { recursive: true })
  const imports = { '#runtime': './dist/runtime.js' }
  writeCache(ofRun(`${build}/package.json`), JSON.stringify({ type: 'module', imports }))
}

/** Imports a module of a copied compiler, such as `index` or `runtime/errors`. */
export function importCompiler(name, build = 'nowasm') {
  const file = (folder) => cacheFile(ofRun(`${build}/${folder}/${name}.js`))
  // Where versions have what they export that were not yet packed into a few files.
  return import(pathToFileURL(existsSync(file('dist')) ? file('dist') : file('dist/src')).href)
}
