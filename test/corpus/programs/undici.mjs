// An HTTP client whose parser is Wasm, against a local server: lengths, chunks, pipelining, redirects, bad answers.
// The loader tries a SIMD build of the parser first and falls back to the scalar one.
import { createServer } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { digest, text } from '../inputs.mjs'

export async function run() {
  const { Client } = await import('undici')
  const server = await listen(createServer(answer))
  const broken = await listen(createSocketServer((socket) => socket.end('HTTP/1.1 200 OK\r\nBad Header\r\n\r\n')))
  const client = new Client(`http://127.0.0.1:${server.address().port}`, { pipelining: 4 })
  const paths = Array.from({ length: 300 }, (_, i) => `/${['length', 'chunks', 'empty', 'moved'][i % 4]}/${i}`)
  const answers = await Promise.all(paths.map((path) => exchange(client, path)))
  const bad = new Client(`http://127.0.0.1:${broken.address().port}`)
  const error = await exchange(bad, '/').catch((reason) => `${reason.code} ${reason.message}`)
  await Promise.all([client.close(), bad.destroy()])
  for (const each of [server, broken]) each.close()
  return { some: answers.slice(0, 8), all: digest(JSON.stringify(answers)), error }
}

/** Where there is no SIMD, the loader's fallback is what we want to see. */
export const varies = { modules: true }

const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))

async function exchange(client, path) {
  const { statusCode, headers, body } = await client.request({ path, method: 'POST', body: `about ${path}` })
  delete headers.date
  return { path, statusCode, headers, body: digest(await body.text()) }
}

function answer(request, response) {
  const [, kind, number] = request.url.split('/')
  request.resume().on('end', () => {
    response.setHeader('x-number', number)
    if (kind === 'moved') response.writeHead(302, 'Moved Elsewhere', { location: '/other' })
    if (kind === 'empty') response.statusCode = 204
    if (kind === 'chunks') for (let i = 0; i < 5; i++) response.write(text(200 * i + 1, i + 1))
    response.end(kind === 'empty' ? undefined : text(Number(number) * 50))
  })
}
