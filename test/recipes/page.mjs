// Shows a page of a folder in a browser, without WebAssembly, under a policy that allows nothing but scripts of its own.

import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { find, names } from '../browsers/launch.mjs'
import { watch } from '../browsers/watch.mjs'

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' }

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
export function shownBy(folder, page) {
  return watch(
    { ...browser(), folder: join(folder, '.browser') },
    page,
    "frame.document.querySelector('pre')?.textContent",
    async (request, response) => {
      const { pathname } = new URL(request.url, 'http://localhost')
      const content = await readFile(join(folder, pathname)).catch(() => undefined)
      const type = TYPES[extname(pathname)] ?? 'text/plain'
      const headers = { 'content-type': type, 'content-security-policy': "default-src 'self'" }
      response.writeHead(content === undefined ? 404 : 200, headers).end(content)
    },
  )
}
