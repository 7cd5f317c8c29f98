// undici's fetch in a server without JIT compiler, against a server here: what it gets is what this one sends.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { example, node, uninstalled } from './run.ts'

test('fetch: a jitless server gets headers, chunks and errors by undici', async (context) => {
  const missing = uninstalled('fetch')
  if (missing) context.skip(missing)
  node('fetch/build.mjs')
  const upstream = createServer((request, response) => {
    response.writeHead(request.url === '/lost' ? 404 : 200, { 'content-type': 'text/plain; charset=utf-8' })
    for (let i = 0; i < 50; i++) response.write(`${i} ${'grün '.repeat(i)}\n`)
    response.end(request.url)
  })
  upstream.listen(0, 'localhost')
  await once(upstream, 'listening')
  const { port } = upstream.address() as AddressInfo
  const server = spawn(process.execPath, ['--jitless', example('fetch/server.mjs'), '0'], { stdio: 'pipe' })
  try {
    const [line] = (await once(createInterface(server.stdout), 'line')) as [string]
    for (const path of ['/found', '/lost']) {
      const direct = await fetch(`http://localhost:${port}${path}`)
      const through = await fetch(line.replace('...', encodeURIComponent(direct.url)))
      expect(through.status).toBe(direct.status)
      expect(through.headers.get('content-type')).toBe('text/plain; charset=utf-8')
      expect(await through.text()).toBe(await direct.text())
    }
    const refused = await fetch(line.replace('...', encodeURIComponent('http://localhost:1')))
    expect([refused.status, await refused.text()]).toEqual([502, 'Error: bad port'])
  } finally {
    server.kill()
    upstream.close()
  }
}, 180_000)
