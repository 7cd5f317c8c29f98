// Bar codes written and read again: C++ behind embind.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { digest } from '../../inputs.mjs'

export async function run() {
  const require = createRequire(import.meta.url)
  const { prepareZXingModule, readBarcodes, writeBarcode } = await import('zxing-wasm/full')
  const wasmBinary = readFileSync(require.resolve('zxing-wasm/full/zxing_full.wasm'))
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer }, fireImmediately: true })
  const results = []
  for (const [format, text] of CODES) {
    const { svg, utf8, image, error } = await writeBarcode(text, { format, scale: 3 })
    results.push([format, error, svg && digest(svg), utf8 && digest(utf8)])
    if (!image) continue
    const bytes = new Uint8Array(await image.arrayBuffer())
    results.push(digest(bytes))
    for (const read of await readBarcodes(bytes, { tryHarder: true })) {
      const { format, text, position, orientation, ecLevel, symbology, bytes } = read
      results.push([format, text, position, orientation, ecLevel, symbology, digest(bytes)])
    }
  }
  return results
}

const CODES = [
  ['QRCode', 'https://example.org/ with some text, so that it is larger: äöü 漢字'],
  ['DataMatrix', 'DataMatrix 0123456789'],
  ['Aztec', 'Aztec code'],
  ['PDF417', 'PDF417 is stacked'],
  ['Code128', 'CODE-128'],
  ['EAN13', '4006381333931'],
  ['EAN13', 'no number'],
  ['ITF', '00123456789012'],
]
