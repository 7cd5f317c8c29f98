// How an output gets the bytes of its data segments: `function data()`, from a literal or from a file beside it.

import type { RuntimeName } from '../3-ir/runtime-names.ts'
import { quote } from '../6-emit/build.ts'
import { toCharacters, toDataText } from './data-text.ts'

/** The file of the data, beside the output of this base name. */
export const dataFile = (name: string): string => `${name}.data`

/** How much longer the decoder of packed data is than that of characters. */
const DECODER = 640

export interface InlineData {
  /** Text pieces of `data()`. */
  readonly chunks: readonly string[]
  /** What of the runtime decodes them. */
  readonly runtime: RuntimeName
}

/** A `data()` that decodes a literal, of the form that is shorter with its decoder. */
export function inlineData(data: Uint8Array): InlineData {
  const { chunks, leads, exceptions } = toDataText(data)
  const most = DECODER + chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  const chars = toCharacters(data, most)
  if (chars !== undefined) {
    return { chunks: [`function data() {\n  return data_chars("${chars}");\n}\n`], runtime: 'data_chars' }
  }
  return {
    chunks: [
      'function data() {\n  return data_bytes("',
      ...chunks,
      `", "${leads}", "${exceptions}", ${data.length});\n}\n`,
    ],
    runtime: 'data_bytes',
  }
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
