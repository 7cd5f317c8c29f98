// What the server answers: this folder's files, under a policy that allows nothing but scripts of its own.
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' }

/** A listener for `createServer` of `node:http`. */
export async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost')
  const path = pathname === '/' ? '/index.html' : pathname
  const content = await readFile(fileURLToPath(new URL(`.${path}`, import.meta.url))).catch(() => undefined)
  const head = {
    'content-type': TYPES[extname(path)] ?? 'text/plain',
    'content-security-policy': "default-src 'self'",
  }
  response.writeHead(content === undefined ? 404 : 200, head).end(content)
}
