import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** Installs the corpus packages at their locked versions unless they are there. */
export function install() {
  if (existsSync(`${folder}node_modules`)) return
  console.error('installing the corpus packages ...')
  execFileSync('npm', ['ci', '--prefix', folder], { stdio: ['ignore', 'inherit', 'inherit'] })
}
