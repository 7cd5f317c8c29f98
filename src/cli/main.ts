// The command line interface: which command runs, and what its errors look like.

import yargs, { type Argv } from 'yargs'
import { version } from '#runtime'
import {
  COMPILE_OPTIONS,
  checkGivenOnce,
  OUTPUT_OPTIONS,
  type Parsed,
  splitArguments,
  strayOption,
} from './arguments.ts'
import { BENCH_OPTIONS, INSPECT_OPTIONS, RUN_OPTIONS } from './command-options.ts'
import { compileCommand } from './compile.ts'
import { dumpCommand } from './dump.ts'
import { DONE, report, UsageError } from './errors.ts'
import { inspectCommand } from './inspect.ts'
import type { Io } from './io.ts'
import type { Request } from './request.ts'
import { runCommand } from './run.ts'
import { symbolizeCommand } from './symbolize.ts'

/** Runs a command; returns its exit code or a promise of it. */
type Command = (request: Request, io: Io) => number | Promise<number>

/** Loaded when it is asked for: the other commands start faster without it. */
const lazyBench: Command = async (request, io) => (await import('./bench/bench.ts')).benchCommand(request, io)

const EPILOGUE = `Exit codes: 0 done; 1 the module is refused, or traps; 2 wrong usage, or a file that cannot be read or
written. A WASI command that is run gives its own exit code.

Of \`run\` and \`bench\`, everything after --invoke NAME belongs to the program, and so does everything after the
file if there is no --invoke.`

/** Runs nowasm with the words after its name. Never rejects: what goes wrong is one line on stderr. */
export async function main(words: readonly string[], io: Io): Promise<number> {
  try {
    const takesProgram = words[0] === 'run' || words[0] === 'bench'
    const split = takesProgram ? splitArguments(words) : { own: words, invoke: undefined, program: [] }
    const { own, invoke, program } = split
    const stray = strayOption(words, split)
    if (stray !== undefined)
      io.err(
        `nowasm: ${stray} goes to the program; options of nowasm stand before the file, and \`--\` silences this\n`,
      )
    let code = DONE
    const parser = commands(async (command, found) => {
      const parsed = fromYargs(found)
      checkGivenOnce(parsed)
      const files = ((parsed['files'] ?? [parsed['file']]) as unknown[]).map(String)
      code = await command({ files, file: files[0]!, options: parsed, invoke, program }, io)
    })
    await parser.parseAsync(toYargs(own), {}, (_error: unknown, _argv: unknown, output: string) => {
      if (output) io.out(`${output}\n`)
    })
    return code
  } catch (error) {
    return report(error, io)
  }
}

/** Stands before a word that yargs is not to understand in its own way: `-`, which it loses, and files behind `--`. */
const PLAIN = '\0'

function toYargs(words: readonly string[]): string[] {
  const end = words.includes('--') ? words.indexOf('--') : words.length
  const before = words.slice(0, end)
  const size = before.find((word) => /^-O[sz]$/.test(word))
  if (size !== undefined) throw new UsageError(`${size}: -O is 0, 1, 2 or 3; none is for size, but -O1 inlines nothing`)
  const plain = (word: string): string => `${PLAIN}${word}`
  return [...before.map((word) => (word === '-' ? plain(word) : word)), ...words.slice(end + 1).map(plain)]
}

function fromYargs(parsed: Parsed): Parsed {
  const word = (value: unknown): unknown =>
    typeof value === 'string' ? value.replace(PLAIN, '') : Array.isArray(value) ? value.map(word) : value
  return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, word(value)]))
}

const INPUT = 'a .wasm file, or - for stdin'

function commands(run: (command: Command, parsed: Parsed) => Promise<void>): Argv {
  const input = (argv: Argv): Argv => argv.positional('file', { type: 'string', describe: INPUT })
  const inputs = (argv: Argv): Argv => argv.positional('files', { type: 'string', array: true, describe: INPUT })
  return yargs()
    .scriptName('nowasm')
    .locale('en')
    .version(version)
    .parserConfiguration({ 'parse-positional-numbers': false, 'duplicate-arguments-array': true })
    .command(
      '$0 <files..>',
      'compile to JavaScript (the default)',
      (argv) => inputs(argv).options(OUTPUT_OPTIONS).options(COMPILE_OPTIONS),
      (parsed) => run(parsed['dump'] === undefined ? compileCommand : dumpCommand, parsed),
    )
    .command(
      'run <file> [args..]',
      'compile in memory and run: a WASI command, or --invoke NAME ARGS',
      (argv) => invocation(input(argv)).options(RUN_OPTIONS).options(COMPILE_OPTIONS),
      (parsed) => run(runCommand, parsed),
    )
    .command(
      'bench <file> [args..]',
      'compiled JavaScript beside the native engine and what else is installed, in one run',
      (argv) => invocation(input(argv)).options(BENCH_OPTIONS).options(COMPILE_OPTIONS),
      (parsed) => run(lazyBench, parsed),
    )
    .command(
      'inspect <file>',
      'whether it compiles, features, imports, exports, sizes, largest functions',
      (argv) =>
        input(argv)
          .options(INSPECT_OPTIONS)
          .options({ features: COMPILE_OPTIONS.features, disable: COMPILE_OPTIONS.disable }),
      (parsed) => run(inspectCommand, parsed),
    )
    .command(
      'symbolize <file> [trace]',
      'print a stack trace of an output in terms of the .wasm: what --source-map or --symbols wrote says how',
      (argv) =>
        argv
          .positional('file', { type: 'string', describe: 'a source map, or a file with names of functions' })
          .positional('trace', { type: 'string', describe: 'a file with the stack trace; without it, stdin' }),
      (parsed) => run(symbolizeCommand, parsed),
    )
    .strict()
    .fail((message, error) => {
      throw error && error.name !== 'YError' ? error : new UsageError(usageMessage(message ?? error.message))
    })
    .epilogue(EPILOGUE)
    .wrap(110)
    .exitProcess(false)
}

const invocation = (argv: Argv): Argv =>
  argv.option('invoke', { type: 'string', describe: 'the exported function to call; its arguments follow' })

/** yargs' words on one line, with a way out. */
function usageMessage(message: string): string {
  const text = message.replaceAll(PLAIN, '').trim()
  const line = text.startsWith('Not enough non-option') ? 'no input file' : text.replace(/\s*\n\s*/g, ' ')
  return `${line} (see nowasm --help)`
}
