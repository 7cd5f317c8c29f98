// node test/plugin/node.mjs FOLDER: runs what a bundler made, and prints what comes out. Node fetches no files, so a `fetch` that does
// stands for a server.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const headers = { 'content-type': 'application/wasm' }

if (process.execArgv.includes('--jitless')) {
  // Node's own classes need WebAssembly.
  globalThis.Request = class {}
  globalThis.Response = class {
    ok = true
    headers = new Map(Object.entries(headers))
    #bytes
    constructor(bytes) {
      this.#bytes = bytes
    }
    async arrayBuffer() {
      return new Uint8Array(this.#bytes).buffer
    }
  }
}

globalThis.fetch = async (url) =>
  Object.defineProperty(new Response(readFileSync(new URL(url)), { headers }), 'url', { value: String(url) })

await import(pathToFileURL(`${process.argv[2]}/main.js`))
console.log(JSON.stringify(await globalThis.finished))
