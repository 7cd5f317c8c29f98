#!/usr/bin/env node
// The `nowasm` command.

import { main } from './cli/main.ts'

process.exitCode = await main(process.argv.slice(2), {
  out: (text) => {
    process.stdout.write(text)
  },
  err: (text) => {
    process.stderr.write(text)
  },
  terminal: process.stderr.isTTY === true,
})
