// One program of the folder (programs/folder.mjs) on one contestant in a process of its own, after `preload` of place.mjs:
// prints one line of JSON. The program is a script that does its work when it is imported, writes a line with a check sum
// and its times, and ends the process. A copy beside it does the same work once more, with packages that are there
// already: Bun does not take another query for another module.
// Argument: { drive: path, warmUp, timed, save? }, as for child-program.mjs.
import fs from 'node:fs'
import { pathToFileURL } from 'node:url'
import { repeated } from './measure.mjs'
import { outcomeOf, prepared } from './program-outcome.mjs'

const { drive, warmUp, timed, save } = JSON.parse(process.argv[2])
const finish = prepared(save)

const { exit } = process
const { writeSync } = fs
let line
process.exit = () => {}
fs.writeSync = (descriptor, text, ...more) => {
  if (descriptor !== 1) return writeSync(descriptor, text, ...more)
  line = text
  return text.length
}

/** Lets the script, or a copy of it, do its work. */
async function once(script = drive) {
  line = undefined
  await import(pathToFileURL(script).href)
  const { ok, checksum, ms_load: load, ms_work: work, error } = JSON.parse(line ?? '{"error":"it wrote no line"}')
  if (!ok) throw new Error(error)
  return { result: checksum, load, work: Math.max(1, work) } // they are rounded, and are divided by
}

const first = await once()
const outcome = outcomeOf(first)
const [warming, steady] = timed ? await again() : [[], []]
fs.writeSync = writeSync
process.exit = exit
finish({ ...outcome, warming, steady })

/** Times of the work, once more and once more; none where packages that have run give something else, or nothing. */
async function again() {
  let count = 0
  const time = async () => {
    const copy = drive.replace(/\.mjs$/, `.${process.pid}.${count++}.mjs`)
    fs.copyFileSync(drive, copy)
    const { result, work } = await once(copy).finally(() => fs.rmSync(copy))
    if (result !== first.result) throw new Error('another result')
    return work
  }
  try {
    return [await repeated(time, warmUp), await repeated(time, timed)]
  } catch (error) {
    outcome.once = String(error.message).split('\n')[0]
    return [[], []]
  }
}
