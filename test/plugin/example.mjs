// `examples/vite` as somebody builds it, shown by a browser with and without WebAssembly.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { find, start } from '../browsers/launch.mjs'

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' }
const EXPECTED = /^\d+ bytes, \d+ packed, and back$/
const LIMIT_MS = 60_000

/** @returns of each way to show it what was run, and true or what is not as it should be */
export async function tryExample(folder) {
  const app = `${folder}.cache/example/`
  rmSync(app, { recursive: true, force: true })
  cpSync(new URL('../../examples/vite', import.meta.url), app, { recursive: true })
  // What `npm install` does there.
  if (!existsSync(`${app}node_modules`)) mkdirSync(`${app}node_modules`)
  symlinkSync(fileURLToPath(new URL('../..', import.meta.url)), `${app}node_modules/nowasm`)
  for (const name of ['vite', 'brotli-wasm']) symlinkSync(`${folder}node_modules/${name}`, `${app}node_modules/${name}`)
  execFileSync(process.execPath, [`${folder}node_modules/vite/bin/vite.js`, 'build', '--logLevel', 'warn'], {
    cwd: app,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const results = []
  for (const [kind, headers] of Object.entries({
    plain: {},
    policy: { 'content-security-policy': "default-src 'self'" },
  })) {
    const { shown, scripts } = await shownBy(`${app}dist`, headers, folder)
    results.push([
      `examples/vite ${kind}`,
      EXPECTED.test(shown) && scripts > 1e6 === (kind === 'policy') ? true : { shown, scripts },
    ])
  }
  return results
}

/** A page beside the app's that looks at it in a frame. */
const WATCHER = `<!doctype html><iframe src="/"></iframe><script>
setInterval(() => {
  const shown = document.querySelector('iframe').contentDocument?.querySelector('#result')?.textContent
  if (shown) fetch('/done', { method: 'POST', body: shown })
}, 100)</script>`

async function shownBy(dist, headers, folder) {
  let scripts = 0
  let answer
  const answered = new Promise((done) => {
    answer = done
    setTimeout(() => done('nothing'), LIMIT_MS).unref()
  })
  const server = createServer(async (request, response) => {
    const { url } = request
    if (url === '/watcher.html') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(WATCHER)
      return
    }
    if (url === '/done') {
      for await (const part of request) answer(part.toString())
      response.end()
      return
    }
    const path = url === '/' ? '/index.html' : url
    const content = await readFile(dist + path).catch(() => undefined)
    if (extname(path) === '.js') scripts += content.length
    const head = { 'content-type': TYPES[extname(path)] ?? 'text/plain', ...headers }
    response.writeHead(content === undefined ? 404 : 200, head).end(content)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${server.address().port}/watcher.html`
  const running = start('chromium', find('chromium').command, url, `${folder}.cache`)
  const shown = await answered
  await running.stop()
  server.close()
  return { shown, scripts }
}
