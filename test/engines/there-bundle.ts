// Scripts that replay the suite with the compiler in the engine, which is not Node.

import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { findScripts, readScript } from '../spec/suite.ts'
import { literal } from './job.ts'
import type { Asked } from './there-guest.ts'

/** How much of the suite goes into a script, in characters of JSON: a browser waits for an answer only for so long. */
const MOST = 1_500_000

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** The guest as a classic script that declares `there`. */
async function bundle(target: string): Promise<string> {
  const built = await rolldown({
    input: path('./there-guest.js'),
    platform: 'neutral',
    external: /^node:/,
    resolve: { alias: { '#runtime': path('../../runtime.js') } },
    transform: { define: { 'import.meta.url': 'undefined' }, target },
  })
  const { output } = await built.generate({ format: 'iife', name: 'there', minify: true, codeSplitting: false })
  return output[0].code
}

/** Scripts of the suite, so many together that a script takes some seconds. */
function* parts(folder: string): Generator<Asked['scripts']> {
  let part: { path: string; script: ReturnType<typeof readScript> }[] = []
  let size = 0
  for (const { path, file } of findScripts(folder)) {
    const script = readScript(file)
    part.push({ path, script })
    size += JSON.stringify(script).length
    if (size < MOST) continue
    yield part
    part = []
    size = 0
  }
  yield part
}

/** A script that reports the tally of some of the suite, as JSON. */
interface ThereJob {
  /** The path of the first of them. */
  readonly first: string
  readonly job: string
}

/** @param target what the compiler's own text is lowered to */
export async function* thereJobs(
  folder: string,
  asked: Omit<Asked, 'scripts'>,
  target: string,
): AsyncGenerator<ThereJob> {
  const code = await bundle(target)
  for (const scripts of parts(folder)) {
    const job = `${code}\nreport(JSON.stringify(there.tallyOf(${literal({ ...asked, scripts })})));\n`
    yield { first: scripts[0]?.path ?? '', job }
  }
}
