// The command line in this process.
import { main } from '../../src/cli/main.ts'

/** Runs nowasm; `@name` stands for a file in the test's folder, in what goes in and in what comes out. */
export async function runNowasm(folder: string, line: string, input = '') {
  let out = ''
  let err = ''
  let rest = Buffer.from(input)
  const words = line
    .split(' ')
    .filter(Boolean)
    .map((word) => word.replaceAll('@', `${folder}/`))
  const code = await main(words, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    terminal: false,
    streams: {
      stdin: {
        read(into) {
          const count = rest.copy(into)
          rest = rest.subarray(count)
          return count
        },
      },
      stdout: {
        write(bytes) {
          out += Buffer.from(bytes)
        },
      },
      stderr: {
        write(bytes) {
          err += Buffer.from(bytes)
        },
      },
    },
  })
  const short = (text: string) => text.replaceAll(`${folder}/`, '@')
  return { code, out: short(out), err: short(err) }
}
