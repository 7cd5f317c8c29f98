// The scalar build of undici's HTTP parser, driven by hand: each message whole and cut into small pieces.
import { createRequire } from 'node:module'
import { digest, text } from '../inputs.mjs'

const require = createRequire(import.meta.url)
const RESPONSE = 2

export async function run(WebAssembly) {
  const bytes = require('undici/lib/llhttp/llhttp-wasm.js')
  const events = []
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: callbacks(events, () => exports) })
  exports._initialize?.()
  const messages = Array.from({ length: 200 }, (_, i) => message(i))
  const errors = messages.flatMap((each, i) => [each.length, (i % 13) + 1].map((size) => parse(exports, each, size)))
  return { count: events.length, first: events.slice(0, 12), all: digest(events.join('\n')), errors: errors.join() }
}

/** Each callback is told the parser and, for those that carry text, where it lies. */
function callbacks(events, wasm) {
  const env = {}
  for (const name of ['status', 'header_field', 'header_value', 'body', 'url']) {
    env[`wasm_on_${name}`] = (_parser, at, length) => {
      events.push(`${name} ${digest(Buffer.from(wasm().memory.buffer, at, length))}`)
      return 0
    }
  }
  for (const name of ['message_begin', 'headers_complete', 'message_complete']) {
    env[`wasm_on_${name}`] = (_parser, ...rest) => {
      events.push(`${name} ${rest}`)
      return 0
    }
  }
  return env
}

function message(i) {
  const body = text(i * 20)
  const chunked = `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
  const whole = `Content-Length: ${body.length}\r\n\r\n${body}`
  const header = i % 9 === 8 ? 'no colon here\r\n' : `X-Text: ${text(i).replaceAll('\n', ' ').trim()}\r\n`
  return Buffer.from(`HTTP/1.1 ${200 + i} Fine\r\n${header}${i % 2 ? chunked : whole}`)
}

/** Feeds `data` in pieces of `size`; the parser's error code and position of the last piece. */
function parse(exports, data, size) {
  const parser = exports.llhttp_alloc(RESPONSE)
  const buffer = exports.malloc(data.length)
  let code = 0
  for (let at = 0; at < data.length && code === 0; at += size) {
    const piece = data.subarray(at, at + size)
    new Uint8Array(exports.memory.buffer).set(piece, buffer)
    code = exports.llhttp_execute(parser, buffer, piece.length)
  }
  exports.llhttp_free(parser)
  exports.free(buffer)
  return code
}
