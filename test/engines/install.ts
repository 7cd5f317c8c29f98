// `--install`: the engines that npm and Debian have.

import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HERE } from './here.ts'

/** Commands, and the packages of Debian that have them. */
const DEBIAN = { qjs: 'quickjs', duk: 'duktape', chromium: 'chromium', 'firefox-esr': 'firefox-esr' }

const isThere = (command: string): boolean => !spawnSync(command, ['--version']).error

/** What is not to be had is left out: the table says so. */
export async function install(): Promise<void> {
  const words = ['install', '--no-save', '--prefix', HERE] // as test/corpus/install.mjs has it
  execFileSync('npm', words, { stdio: ['ignore', 'inherit', 'inherit'] })
  for (const name of ['../corpus/install.mjs', '../node26/install.mjs']) {
    const { install, installNode26 } = (await import(pathToFileURL(join(HERE, name)).href)) as Record<
      string,
      () => void
    >
    ;(install ?? installNode26)?.()
  }
  for (const [command, name] of Object.entries(DEBIAN)) {
    if (!isThere(command)) spawnSync('apt-get', ['install', '--yes', name], { stdio: ['ignore', 'inherit', 'inherit'] })
  }
}
