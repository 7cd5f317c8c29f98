// npm run test:recipes -- [PART OF A HEADING]...
// Does what docs/RECIPES.md and the first lines of the README say, block by block, each section in an empty folder with the packed
// package. Ends with 1 when something prints or shows what it should not; sections that need a command that is not here are not
// run, and that is said.
//
//   ```sh            is run; what it prints must be the ```text behind it, if there is one
//   ```js            and others are written to the file that their first line names
//   ```html          likewise, and with a ```text behind it shown by a browser
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shownBy } from './page.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const FILE = /^(?:\/\/|;;|<!--|\/\*) *([\w./-]+\.\w+)/
/** Serves what Vite has built; a server of ours does so here. */
const PREVIEW = 'npx vite preview\n'
/** What a section may need that npm does not have. */
const COMMANDS = ['clang', 'emcc', 'go']

const blocksOf = (text) =>
  [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, kind, content]) => ({ kind, content }))

/** The sections with blocks, by heading: those of the recipes, and the beginning of the README. */
function* sections() {
  const [, start] = readFileSync(join(root, 'README.md'), 'utf8').split(/^## /m)
  yield ['README', blocksOf(start)]
  const recipes = readFileSync(join(root, 'docs/RECIPES.md'), 'utf8').split(/^## /m).slice(1)
  for (const text of recipes) yield [text.slice(0, text.indexOf('\n')), blocksOf(text)]
}

// (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))
const ADD = Buffer.from('0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b', 'hex')

const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0

/** Runs commands as somebody types them; what they print. */
function shell(commands, cwd, tarball) {
  // The package is not fetched, but installed as it is here.
  const text = commands.replace(/^(npm install.*) nowasm\b/gm, `$1 ${tarball}`)
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', text], {
    cwd,
    encoding: 'utf8',
    env: {
      ...process.env,
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_yes: 'true',
      npm_config_prefer_offline: 'true',
    },
  })
  if (status !== 0) throw new Error(`${commands}\n${stdout}\n${stderr.slice(0, 4000)}`)
  return stdout
}

/** Whether a text is the expected one; a line of `...` stands for any lines. */
function isAs(expected, actual) {
  const pattern = expected
    .trim()
    .split(/^\.\.\.$/m)
    .map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${pattern.join('[^]*')}$`).test(actual.trim())
}

async function run(blocks, folder, tarball) {
  let printed = ''
  let page
  for (const { kind, content } of blocks) {
    if (content === PREVIEW) page = 'dist/index.html'
    else if (kind === 'sh') {
      page = undefined
      printed = shell(content, folder, tarball)
    } else if (kind === 'text') {
      const actual = page ? await shownBy(join(folder, dirname(page)), basename(page)) : printed
      if (!isAs(content, actual)) throw new Error(`expected:\n${content}\nbut:\n${actual.slice(0, 4000)}`)
    } else {
      const [, path] = FILE.exec(content) ?? []
      if (path === undefined) throw new Error(`a block that names no file:\n${content}`)
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
      page = kind === 'html' ? path : undefined
    }
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'nowasm-recipes-'))
const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', scratch]
const tarball = join(scratch, JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }))[0].filename)
const wanted = process.argv.slice(2)
let failed = false
let count = 0
for (const [heading, blocks] of sections()) {
  if (wanted.length > 0 && !wanted.some((part) => heading.includes(part))) continue
  const commands = blocks.filter(({ kind }) => kind === 'sh').map(({ content }) => content)
  const missing = COMMANDS.filter(
    (name) => commands.some((text) => new RegExp(`^(\\S+=\\S+ )*${name} `, 'm').test(text)) && !has(name),
  )
  if (missing.length > 0) {
    console.log(`${heading}: not run, no command ${missing.join(', ')} here`)
    continue
  }
  const folder = join(scratch, String(count++))
  mkdirSync(folder)
  // The README has any module.
  if (heading.startsWith('README')) writeFileSync(join(folder, 'add.wasm'), ADD)
  try {
    await run(blocks, folder, tarball)
    console.log(`${heading}: as it says`)
  } catch (error) {
    failed = true
    console.log(`${heading}: FAILED\n${error.message}`)
  }
}
rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
process.exit(failed ? 1 : 0)
