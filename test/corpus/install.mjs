import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Installs the corpus packages at their locked versions unless they are there.
 * @param {{ large?: boolean }} [options] large: also those of the large programs (half a gigabyte)
 */
export function install({ large = false } = {}) {
  for (const folder of ['.', ...(large ? ['./large'] : [])]) installIn(fileURLToPath(new URL(folder, import.meta.url)))
}

function installIn(folder) {
  if (existsSync(`${folder}/node_modules`)) return
  console.error('installing the corpus packages ...')
  execFileSync('npm', ['ci', '--ignore-scripts', '--prefix', folder], { stdio: ['ignore', 'inherit', 'inherit'] })
}
