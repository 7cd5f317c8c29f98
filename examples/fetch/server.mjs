// Answers with what is at an address: node --jitless server.mjs [PORT], after build.mjs
import 'nowasm/aot/install'
import './dist/llhttp.mjs'
import { createServer } from 'node:http'

const { Agent, fetch } = await import('undici') // now that it finds a WebAssembly object
// Without one of its own, it takes the dispatcher that Node's copy of undici has set, and with it that copy's parser.
const dispatcher = new Agent()

const server = createServer(async (request, response) => {
  const address = new URL(request.url, 'http://localhost').searchParams.get('url')
  try {
    const answer = await fetch(address, { dispatcher })
    const text = await answer.text()
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' }).end(text)
  } catch (error) {
    response.writeHead(502).end(String(error.cause ?? error))
  }
})
server.listen(Number(process.argv[2] ?? 8080), 'localhost', () => {
  console.log(`http://localhost:${server.address().port}/?url=...`)
})
