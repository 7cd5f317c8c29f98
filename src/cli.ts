#!/usr/bin/env node
// The `nowasm` command.

import { report, UsageError } from './cli/errors.ts'
import { systemReason } from './cli/io.ts'
import { main } from './cli/main.ts'

const err = (text: string): void => {
  process.stderr.write(text)
}

// A reader that has seen enough (`nowasm inspect app.wasm | head`) is no error.
process.stdout.once('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE')
    process.exitCode = report(new UsageError(`cannot write to stdout: ${systemReason(error)}`), { err })
})

// All that comes later fails too, and is not said again; and of stderr nothing can be said.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const code = await main(process.argv.slice(2), {
  out: (text) => {
    process.stdout.write(text)
  },
  err,
  streams: { stdin: 0, stdout: 1, stderr: 2 },
  terminal: process.stderr.isTTY === true,
})
process.exitCode ??= code
