// The text format, for tests whose modules somebody should read.

import wabt from 'wabt'

const tools = await wabt()

/** The binary of a module in the text format. */
export function wat(text: string): Uint8Array<ArrayBuffer> {
  const parsed = tools.parseWat('test.wat', text, { tail_call: true, exceptions: true, threads: true, memory64: true })
  try {
    return new Uint8Array(parsed.toBinary({ write_debug_names: true }).buffer)
  } finally {
    parsed.destroy()
  }
}
