import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Installs the corpus packages at their locked versions unless these are there.
 * @param {{ large?: boolean }} [options] large: also those of the large programs (half a gigabyte)
 */
export function install({ large = false } = {}) {
  for (const folder of ['.', ...(large ? ['./large'] : [])]) installIn(fileURLToPath(new URL(folder, import.meta.url)))
}

/** When a file was written, 0 if there is none. */
const timeOf = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

function installIn(folder) {
  if (timeOf(`${folder}/node_modules/.package-lock.json`) >= timeOf(`${folder}/package-lock.json`)) return
  console.error('installing the corpus packages ...')
  execFileSync('npm', ['ci', '--ignore-scripts', '--prefix', folder], { stdio: ['ignore', 'inherit', 'inherit'] })
}
