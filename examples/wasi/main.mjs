// Runs the notes with a folder of the disk: node examples/wasi/main.mjs FOLDER
import { WASI } from 'nowasm/wasi'
import './build.mjs'

const { instantiate } = await import('./dist/notes.mjs')
const wasi = new WASI({ version: 'preview1', args: ['notes'], preopens: { '/': process.argv[2] ?? '.' } })
process.exitCode = wasi.start(instantiate(wasi.getImportObject()))
