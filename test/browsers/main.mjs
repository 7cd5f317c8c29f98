// npm run test:browsers -- [BROWSER]...
// A program with threads, compiled to JavaScript, in Web Workers of real browsers: classic ones and modules. What comes out
// must be what the program says. Ends with 1 when it is not; a browser that is not here is not run, and that is said.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { asked, start } from './launch.mjs'
import { outputs, ROUNDS } from './program.mjs'

const THREADS = 4
const LIMIT_MS = 60_000
const TYPES = { html: 'text/html', mjs: 'text/javascript', js: 'text/javascript' }

/** What a page must be served with to have shared memory. */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }

const EXPECTED = {
  count: THREADS * ROUNDS,
  sum: String(BigInt(THREADS * ROUNDS) * 0x100000001n),
  size: 1 + THREADS,
  length: (1 + THREADS) * 65536,
  pages: [1, 2, 3, 4],
  numbers: [true, true, true, true],
  wait: 'RuntimeError: Atomics.wait cannot be called in this context',
}

const files = await outputs()
for (const name of ['page.html', 'page.mjs', 'worker.mjs', 'worker.js', 'answer.mjs']) {
  const text = readFileSync(new URL(`./pages/${name}`, import.meta.url), 'utf8')
  files[`/${name}`] = text.replaceAll('ROUNDS', String(ROUNDS))
}

let results
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost')
  if (pathname === '/done') {
    const parts = []
    request
      .on('data', (part) => parts.push(part))
      .on('end', () => {
        response.end()
        results?.(JSON.parse(Buffer.concat(parts).toString()))
      })
    return
  }
  const text = files[pathname]
  const type = TYPES[pathname.split('.').at(-1)]
  response.writeHead(text === undefined ? 404 : 200, { ...ISOLATED, 'content-type': type ?? 'text/plain' }).end(text)
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const url = `http://127.0.0.1:${server.address().port}/page.html`

/** What the page found out. */
async function shown(name, command) {
  const folder = fileURLToPath(new URL('.cache', import.meta.url))
  const answered = new Promise((resolve, reject) => {
    results = resolve
    setTimeout(() => reject(new Error(`no answer in ${LIMIT_MS / 1000} s`)), LIMIT_MS).unref()
  })
  const browser = start(name, command, url, folder)
  try {
    return await answered
  } finally {
    await browser.stop()
  }
}

let failed = false
for (const { name, command, version } of asked()) {
  const { isolated, ...kinds } = await shown(name, command).catch((error) => ({ page: { error: error.message } }))
  for (const [kind, outcome] of Object.entries(kinds)) {
    const isGood = isolated === true && isDeepStrictEqual(outcome, EXPECTED)
    failed ||= !isGood
    console.log(`${version}, ${kind} workers: ${isGood ? 'as expected' : `FAILED ${JSON.stringify(outcome)}`}`)
  }
}
server.close()
process.exit(failed ? 1 : 0)
