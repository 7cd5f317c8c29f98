// npm run test:plugin -- [BUNDLER]... [--node] [--browsers]
// One app with packages that wasm-bindgen made, unmodified, built by each bundler in both modes of nowasm/plugin; then run in Node and in
// browsers, with and without WebAssembly, and where policies forbid it. The result is the same everywhere. Ends with 1 when it is
// not; a browser that is not here is not run, and that is said. The first run installs the bundlers.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import wabt from 'wabt'
import { names as browsers } from '../browsers/launch.mjs'
import { installPackages } from '../packages.mjs'
import { inBrowser } from './browsers.mjs'
import { inDevelopment } from './dev.mjs'
import { tryExample } from './example.mjs'

const folder = fileURLToPath(new URL('.', import.meta.url))
const MODES = ['always', 'fallback']

const EXPECTED = {
  namespace: [3, 42, ['add', 'answer', 'count', 'memory'], 65536],
  init: 7,
  load: [11, true],
  source: [4, 15],
  dynamic: [true, 17],
  url: 19,
  newUrl: 23,
  logged: [3, 42, 7, 42, 11, 42, 15, 42, 17, 42, 19, 42, 23, 42],
  brotli: [25, 7000],
  brotliOfWeb: 25,
  tiktoken: [2, 0, 1, 3, 6, 5, 4],
}

const NODE = [[], ['--jitless'], ['--disallow-code-generation-from-strings']]

let failed = false

function judge(what, outcome) {
  const isGood = isDeepStrictEqual(outcome, EXPECTED)
  failed ||= !isGood
  console.log(
    `${what}: ${isGood ? 'as expected' : `FAILED ${outcome instanceof Error ? outcome.message : JSON.stringify(outcome)}`}`,
  )
}

function inNode(flags, out) {
  try {
    // V8 warns of flags that exclude each other.
    const printed = execFileSync(process.execPath, [...flags, `${folder}node.mjs`, out], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return JSON.parse(printed.toString().trim().split('\n').at(-1))
  } catch (error) {
    return error
  }
}

installPackages(folder)
const text = readFileSync(`${folder}app/small.wat`, 'utf8')
writeFileSync(`${folder}app/small.wasm`, (await wabt()).parseWat('small.wat', text, {}).toBinary({}).buffer)
process.chdir(folder)
// It knows versions of the compiler, and this one may have changed.
rmSync(`${folder}node_modules/.cache/nowasm`, { recursive: true, force: true })
const plugin = await import('../../dist/plugin.js')
const { bundlers } = await import('./bundlers.mjs')
const chosen = process.argv.slice(2).filter((name) => name in bundlers)
const [node, pages] = ['--node', '--browsers'].map((flag) => process.argv.includes(flag))
const builds = []
for (const name of chosen.length > 0 ? chosen : Object.keys(bundlers)) {
  for (const mode of MODES) {
    const out = `${folder}.cache/${name}-${mode}`
    await bundlers[name](plugin, { mode, report: mode === 'always' }, out)
    builds.push({ name, mode, out })
    if (pages && !node) continue
    for (const flags of NODE) judge([name, mode, 'node', ...flags].join(' '), inNode(flags, out))
  }
}
for (const browser of node && !pages ? [] : browsers) {
  await inBrowser(browser, builds, folder, judge)
}
const isVite = chosen.length === 0 || chosen.includes('vite')
if (isVite && !(node && !pages)) {
  await inDevelopment(plugin, folder, judge)
  for (const [what, outcome] of await tryExample(folder)) judge(what, outcome === true ? EXPECTED : outcome)
}
process.exit(failed ? 1 : 0)
