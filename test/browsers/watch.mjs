// What a page in a browser shows. A page beside it, of the same server, looks at it in a frame, and sends what it sees.

import { createServer } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { start } from './launch.mjs'

const LIMIT_MS = 60_000

/**
 * @returns what was sent, or `(nothing, in a minute)`
 * @param browser its `name` and `command`, and the `folder` for its profile
 * @param page the address of the page, from the root of the server
 * @param seen the text of an expression of `frame`, the page's window: what to send, nothing as long as it is empty
 * @param answer answers the requests of the page
 */
export async function watch({ name, command, folder }, page, seen, answer) {
  const watcher = `<!doctype html><iframe src="${page}"></iframe><script>
setInterval(() => {
  const frame = document.querySelector('iframe').contentWindow
  const seen = ${seen}
  if (seen) fetch('/done', { method: 'POST', body: seen })
}, 100)</script>`
  let done
  const answered = new Promise((resolve) => {
    done = resolve
  })
  const server = createServer(async (request, response) => {
    if (request.url === '/watcher') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(watcher)
    } else if (request.url === '/done') {
      let text = ''
      for await (const part of request) text += part
      response.end()
      done(text)
    } else await answer(request, response)
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  const running = start(name, command, `http://127.0.0.1:${server.address().port}/watcher`, folder)
  try {
    return await Promise.race([answered, setTimeout(LIMIT_MS, '(nothing, in a minute)', { ref: false })])
  } finally {
    await running.stop()
    server.closeAllConnections()
    server.close()
  }
}
