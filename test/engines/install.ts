// `--install`: the engines that npm and Debian have.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HERE } from './here.ts'

/** Commands, and the packages of Debian that have them. */
const DEBIAN = { qjs: 'quickjs', duk: 'duktape', chromium: 'chromium', 'firefox-esr': 'firefox-esr' }

const isThere = (command: string): boolean => !spawnSync(command, ['--version']).error

interface Installers {
  installPackages(folder: string): void
  install(): void
  installNode26(): string
}

/** What a script beside this folder exports: it is not compiled. */
const script = async (path: string): Promise<Installers> => import(pathToFileURL(join(HERE, path)).href)

/** What is not to be had is left out: the table says so. */
export async function install(): Promise<void> {
  const { installPackages } = await script('../packages.mjs')
  installPackages(HERE)
  const corpus = await script('../corpus/install.mjs')
  corpus.install()
  const { installNode26 } = await script('../node26/install.mjs')
  installNode26()
  for (const [command, name] of Object.entries(DEBIAN)) {
    if (!isThere(command)) spawnSync('apt-get', ['install', '--yes', name], { stdio: ['ignore', 'inherit', 'inherit'] })
  }
}
