#!/usr/bin/env node
// The `nowasm` command.

import { main } from './cli/main.ts'

// A reader that has seen enough (`nowasm inspect app.wasm | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await main(process.argv.slice(2), {
  out: (text) => {
    process.stdout.write(text)
  },
  err: (text) => {
    process.stderr.write(text)
  },
  streams: { stdin: 0, stdout: 1, stderr: 2 },
  terminal: process.stderr.isTTY === true,
})
