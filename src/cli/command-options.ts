// Options of the commands that compile nothing to a file, but for those of compiling.

/** Options of `inspect`. */
export const INSPECT_OPTIONS = {
  json: { type: 'boolean', describe: 'all of it as JSON' },
} as const

const PROGRAM = 'The program:'

/** Options of `run`: what the program may use. Each can be given several times. */
export const RUN_OPTIONS = {
  dir: {
    type: 'string',
    requiresArg: true,
    group: PROGRAM,
    describe: 'a folder that the program may use, HOST or HOST::GUEST, by the name GUEST; without it, it has no files',
  },
  env: {
    type: 'string',
    requiresArg: true,
    group: PROGRAM,
    describe: 'a variable of its environment, NAME=VALUE, or NAME to hand on that one; without it, it has none',
  },
} as const

/** Options of `bench`. */
export const BENCH_OPTIONS = {
  seconds: { type: 'number', requiresArg: true, default: 3, describe: 'how long to measure' },
  peers: {
    type: 'boolean',
    default: true,
    describe: 'also wasm2js (of binaryen) and polywasm, where they are installed; not so with --no-peers',
  },
  json: { type: 'string', requiresArg: true, describe: 'a file to write all figures to' },
  html: { type: 'string', requiresArg: true, describe: 'a file to write a report with plots to: a page of its own' },
} as const
