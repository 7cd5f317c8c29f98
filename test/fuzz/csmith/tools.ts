// The commands that make and compile C programs; Debian has them as packages.

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const PACKAGES = ['csmith', 'libcsmith-dev', 'clang', 'lld']
const COMMANDS = ['csmith', 'clang', 'wasm-ld']

/** Where libcsmith-dev puts `csmith.h`. */
export const CSMITH_HEADERS = '/usr/include/csmith'

/** What is missing, or undefined. */
export function missingTool(): string | undefined {
  if (!existsSync(`${CSMITH_HEADERS}/csmith.h`)) return 'libcsmith-dev'
  // csmith leaves a file where it runs, whatever it is asked.
  return COMMANDS.find((command) => spawnSync(command, ['--version'], { cwd: tmpdir() }).error !== undefined)
}

/** Installs the packages of Debian, unless they are there; says why if that cannot be done. */
export function installTools(): void {
  if (missingTool() === undefined) return
  console.error(`installing ${PACKAGES.join(', ')} ...`)
  const install = ['install', '-y', '--no-install-recommends', ...PACKAGES]
  for (const args of [['update'], install]) {
    try {
      execFileSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
    } catch (error) {
      console.error(`not installed: ${(error as Error).message.split('\n')[0]}`)
      return
    }
  }
}
