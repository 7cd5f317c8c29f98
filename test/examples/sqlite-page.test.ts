// The page in real browsers. A page beside it looks at it in a frame, and sends what it shows.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, type TestContext, test } from 'vitest'
import { example, node, uninstalled } from './run.ts'

interface Launcher {
  readonly names: readonly string[]
  find(name: string): { command: string; version: string }
  start(name: string, command: string, url: string, folder: string): { stop(): Promise<void> }
}

interface Site {
  answer(request: unknown, response: unknown): Promise<void>
}

const from = (path: string): Promise<unknown> => import(path)
const { names, find, start } = (await from('../browsers/launch.mjs')) as Launcher
const { answer } = (await from(example('sqlite-page/site.mjs'))) as Site

const WATCHER = `<!doctype html><iframe src="/"></iframe><script>
setInterval(() => {
  const { contentDocument, contentWindow } = document.querySelector('iframe')
  const shown = contentDocument?.querySelector('#result')?.textContent
  if (shown) fetch('/done', { method: 'POST', body: contentWindow.WebAssembly.Module + '\\n\\n' + shown })
}, 100)</script>`

const SHOWN = /\n\nname \| moons \| days\nSaturn \| 146 \| 0\.444\nJupiter \| 95 \| 0\.414\nMars \| 2 \| 1\.026\n\n/

/** The command of a browser; without one the test is skipped, with the reason. */
function commandOf(name: string, context: TestContext): string {
  try {
    return find(name).command
  } catch (error) {
    return context.skip(error instanceof Error ? error.message : String(error))
  }
}

/** What a browser shows, behind the text of its `WebAssembly.Module`. */
async function shownBy(name: string, command: string): Promise<string> {
  const { promise, resolve } = defer<string>()
  const server = createServer(async (request, response) => {
    if (request.url === '/watcher.html') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(WATCHER)
    } else if (request.url === '/done') {
      let text = ''
      for await (const part of request) text += part
      response.end()
      resolve(text)
    } else await answer(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/watcher.html`
  const browser = start(name, command, url, example('sqlite-page/dist'))
  try {
    return await promise
  } finally {
    await browser.stop()
    server.closeAllConnections()
    server.close()
  }
}

function defer<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

describe('sqlite-page', () => {
  const missing = uninstalled('sqlite-page')

  beforeAll(() => {
    if (!missing) node('sqlite-page/build.mjs')
  }, 120_000)

  for (const name of names)
    test(`SQL in ${name}`, async (context) => {
      if (missing) context.skip(missing)
      const shown = await shownBy(name, commandOf(name, context))
      expect(shown).toMatch(SHOWN)
      expect(shown).toMatch(/\nplanets \| moons \| version\n4 \| 244 \| \d+\.\d+\.\d+$/)
      expect(shown).not.toContain('[native code]')
    }, 120_000)
})
