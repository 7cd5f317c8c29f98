// Runs the notes on a page, as often as it is asked to, with files in memory. `print` gets what they put out.
import { fs } from '@zenfs/core'
import { WASI } from 'nowasm/wasi'
import { instantiate } from './dist/notes.mjs'

export function run(print) {
  const stdout = { write: (bytes) => print(new TextDecoder().decode(bytes)) }
  const wasi = new WASI({ version: 'preview1', args: ['notes'], preopens: { '/': '/' }, fs, stdout })
  return wasi.start(instantiate(wasi.getImportObject()))
}
