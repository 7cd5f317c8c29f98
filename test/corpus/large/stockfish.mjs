// Builds of Stockfish, driven by lines of text through the package's own loader.
import { createRequire } from 'node:module'

/** Times and speeds in a line: nothing to compare. */
const VARIES = / (time|nps|hashfull) \d+/g

/** What the build answers to `commands`, each given when the one before is answered. */
export async function searches(build, commands) {
  const lines = []
  let answered = () => {}
  const engine = await createRequire(import.meta.url)('stockfish')(build)
  engine.listener = (line) => {
    lines.push(line.replace(VARIES, ''))
    if (/^(bestmove|uciok|readyok|Nodes searched|Final evaluation)/.test(line)) answered()
  }
  for (const command of commands) {
    await new Promise((done) => {
      answered = done
      engine.sendCommand(command)
      if (/^(position|setoption)/.test(command)) engine.sendCommand('isready')
    })
  }
  return lines
}
