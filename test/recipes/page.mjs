// Shows a page of a folder in a browser, without WebAssembly, under a policy that allows nothing but scripts of its own.

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { find, names, start } from '../browsers/launch.mjs'

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' }
const LIMIT_MS = 60_000

/** A page beside it that looks at it in a frame, and sends what it shows as soon as that is more than at first. */
const WATCHER = (page) => `<!doctype html><iframe src="${page}"></iframe><script>
setInterval(() => {
  const shown = document.querySelector('iframe').contentDocument?.querySelector('pre')?.textContent
  if (shown) fetch('/done', { method: 'POST', body: shown })
}, 100)</script>`

/** The first browser that is here. Throws an error that says what to install if there is none. */
function browser() {
  for (const name of names) {
    try {
      return { name, ...find(name) }
    } catch {}
  }
  return { name: names[0], ...find(names[0]) }
}

/** What the `<pre>` of a page says once it says something. */
export async function shownBy(folder, page) {
  const { name, command } = browser()
  let answer
  const answered = new Promise((done) => {
    answer = done
    setTimeout(() => done('(nothing, in a minute)'), LIMIT_MS).unref()
  })
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    if (pathname === '/watcher') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(WATCHER(page))
    } else if (pathname === '/done') {
      let text = ''
      for await (const part of request) text += part
      response.end()
      answer(text)
    } else {
      const content = await readFile(join(folder, pathname)).catch(() => undefined)
      const type = TYPES[extname(pathname)] ?? 'text/plain'
      const headers = { 'content-type': type, 'content-security-policy': "default-src 'self'" }
      response.writeHead(content === undefined ? 404 : 200, headers).end(content)
    }
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const running = start(name, command, `http://127.0.0.1:${server.address().port}/watcher`, join(folder, '.browser'))
  try {
    return await answered
  } finally {
    await running.stop()
    server.closeAllConnections()
    server.close()
  }
}
