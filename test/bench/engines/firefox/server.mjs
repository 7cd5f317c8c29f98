// What the page asks for: its scripts, files of the cache, and work.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** All that is served stands below the folder of the bench. */
const folder = fileURLToPath(new URL('../..', import.meta.url))

const TYPES = { '.html': 'text/html', '.mjs': 'text/javascript', '.js': 'text/javascript', '.wasm': 'application/wasm' }

/**
 * Starts the server.
 * @returns {Promise<{ url: string, measured(work: object, limitMs: number): Promise<object>, close(): void }>}
 *   `url` of the page; `measured` hands work to the page and resolves to what it posts, or to `{ lost: true, problem }`
 */
export async function serve() {
  const queue = handOver()
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    if (pathname === '/work') send(response, 'application/json', JSON.stringify(await queue.next()))
    else if (pathname === '/done') {
      queue.done(JSON.parse(await text(request)))
      send(response, 'text/plain', '')
    } else sendFile(response, decodeURIComponent(pathname))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}/engines/firefox/page.html`,
    measured: ({ file, ...work }, limitMs) =>
      queue.measured({ ...work, url: `/${relative(folder, file).replaceAll('\\', '/')}` }, limitMs),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** One piece of work at a time, from the run to the page, and its outcome back. */
function handOver() {
  let waiting // the page's request for work
  let work
  let finish
  return {
    next: () =>
      new Promise((resolve) => {
        waiting = resolve
        offer()
      }),
    done: (outcome) => finish?.(outcome),
    measured: (piece, limitMs) =>
      new Promise((resolve) => {
        const lost = () => finish({ lost: true, problem: `the browser gave no answer for ${limitMs / 1000} s` })
        const timer = setTimeout(lost, limitMs)
        finish = (outcome) => {
          clearTimeout(timer)
          finish = undefined
          work = undefined
          resolve(outcome)
        }
        work = piece
        offer()
      }),
  }

  function offer() {
    if (!waiting || !work) return
    waiting(work)
    waiting = undefined
    work = undefined
  }
}

function sendFile(response, path) {
  const file = `${folder}${path}`
  if (path.includes('..') || !existsSync(file)) {
    response.writeHead(404).end()
    return
  }
  send(response, TYPES[extname(path)] ?? 'application/octet-stream', readFileSync(file))
}

/** Pages may share memories only if they let in nothing of others. */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }

const send = (response, type, body) =>
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', ...ISOLATED }).end(body)

async function text(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
