// The page of examples/wasi, bundled with a library's files in memory, in real browsers from which WebAssembly was taken.
// Ends with 1 when something else comes out; a browser that is not here is not run, and that is said.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { asked, start } from './launch.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const LIMIT_MS = 60_000

/** Runs the program three times, beside two things that a program without files cannot do. */
const ENTRY = `
import { run } from ${JSON.stringify(here('../../examples/wasi/page.mjs'))}
import { WASI } from 'nowasm/wasi'
delete globalThis.WebAssembly
const lines = []
try {
  for (let i = 0; i < 3; i++) lines.push(run((text) => lines.push(text)))
  const wasi = new WASI({ version: 'preview1' })
  const memory = { buffer: new ArrayBuffer(1024) }
  wasi.initialize({ exports: { memory } })
  const view = new DataView(memory.buffer)
  view.setUint32(16, 1, true)
  view.setBigUint64(24, 20000000n, true)
  const before = performance.now()
  lines.push(wasi.wasiImport.poll_oneoff(0, 100, 1, 200), performance.now() - before >= 19)
  lines.push(wasi.wasiImport.fd_prestat_get(3, 0))
} catch (error) {
  lines.push(String(error.stack))
}
fetch('/done', { method: 'POST', body: JSON.stringify(lines) })
`

const note = 'another note\n'
const EXPECTED = [note, 0, note + note, 0, note + note + note, 0, 0, true, 8]

/** The page as one script. */
async function bundle() {
  const library = here('../wasi/')
  if (!existsSync(`${library}node_modules`)) execFileSync('npm', ['ci', '--prefix', library], { stdio: 'ignore' })
  execFileSync(process.execPath, [here('../../examples/wasi/build.mjs')])
  const built = await rolldown({
    input: 'entry',
    platform: 'browser',
    resolve: {
      alias: { 'nowasm/wasi': here('../../dist/wasi.js'), '@zenfs/core': `${library}node_modules/@zenfs/core` },
    },
    plugins: [
      { name: 'entry', resolveId: (id) => (id === 'entry' ? id : null), load: (id) => (id === 'entry' ? ENTRY : null) },
    ],
  })
  const { output } = await built.generate({ format: 'iife' })
  return output[0].code
}

const files = { '/': '<!doctype html><script src="/page.js"></script>', '/page.js': await bundle() }
let answer
const server = createServer(async (request, response) => {
  if (request.method === 'POST') {
    const parts = []
    for await (const part of request) parts.push(part)
    response.end()
    return answer?.(Buffer.concat(parts).toString())
  }
  const type = request.url.endsWith('.js') ? 'text/javascript' : 'text/html'
  const text = files[request.url]
  response.writeHead(text === undefined ? 404 : 200, { 'content-type': type }).end(text)
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))

let failed = false
for (const { name, command, version } of asked()) {
  const answered = new Promise((resolve) => {
    answer = resolve
    setTimeout(() => resolve(`"no answer in ${LIMIT_MS / 1000} s"`), LIMIT_MS).unref()
  })
  const browser = start(name, command, `http://127.0.0.1:${server.address().port}/`, here('.cache'))
  const shown = await answered
  await browser.stop()
  const isGood = shown === JSON.stringify(EXPECTED)
  failed ||= !isGood
  console.log(`${version}, WASI: ${isGood ? 'as expected' : `FAILED ${shown}`}`)
}
server.close()
process.exit(failed ? 1 : 0)
