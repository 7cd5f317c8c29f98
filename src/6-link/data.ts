// How an output gets the bytes of its data segments: `function data()`, from a literal or from a file beside it.

import { quote } from '../5-emit/build.ts'

/** Bytes that make one piece of base64 text; a multiple of 3, so that pieces join without padding. */
const PIECE = 3 << 18

/** Text pieces of a `data()` that decodes a literal; needs the runtime's `base64`. */
export function inlineData(data: Uint8Array): string[] {
  const pieces = ['function data() {\n  return base64("']
  for (let at = 0; at < data.length; at += PIECE) pieces.push(toBase64(data.subarray(at, at + PIECE)))
  pieces.push('");\n}\n')
  return pieces
}

/** `data()` of an ES module: the file is read once, when the module loads. */
export const esmFileData = (file: string): string => `const data_bytes = await (async function () {
  const url = new URL(${quote(encodeURIComponent(file))}, import.meta.url);
  if (url.protocol === "file:" && typeof process === "object" && process.versions && process.versions.node) {
    return new Uint8Array((await import("node:fs")).readFileSync(url));
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error("cannot load " + url + ": " + response.status);
  return new Uint8Array(await response.arrayBuffer());
})();
function data() {
  return data_bytes;
}
`

/** `data()` of a CommonJS module, which has a file system. */
export const cjsFileData = (file: string): string => `var data_bytes;
function data() {
  if (!data_bytes) {
    var path = require("path").join(__dirname, ${quote(file)});
    data_bytes = new Uint8Array(require("fs").readFileSync(path));
  }
  return data_bytes;
}
`

function toBase64(bytes: Uint8Array): string {
  if (typeof Buffer === 'function') return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
  let text = ''
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return btoa(text)
}
