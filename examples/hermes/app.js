// The app: in React Native this would be a component.
import { instantiate } from './dist/crc32.js'

const { memory, crc32 } = instantiate().exports

/** The checksum of a text of ASCII characters. */
function checksum(text) {
  const bytes = new Uint8Array(memory.buffer)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return (crc32(0, text.length) >>> 0).toString(16)
}

const print = globalThis.print ?? console.log // the command `hermes` has `print`
print(checksum('The quick brown fox jumps over the lazy dog'))
try {
  crc32(65530, 7)
} catch (error) {
  print(`${error.name}: ${error.message}`)
}
