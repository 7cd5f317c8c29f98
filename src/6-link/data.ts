// How an output gets the bytes of its data segments: `function data()`, from a literal or from a file beside it.

import { quote } from '../5-emit/build.ts'
import { toDataText } from './data-text.ts'

/** Text pieces of a `data()` that decodes a literal; needs the runtime's `data_bytes`. */
export function inlineData(data: Uint8Array): string[] {
  const { chunks, leads, exceptions } = toDataText(data)
  return [
    'function data() {\n  return data_bytes("',
    ...chunks,
    `", "${leads}", "${exceptions}", ${data.length});\n}\n`,
  ]
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
