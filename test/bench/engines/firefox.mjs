// SpiderMonkey: one headless Firefox, in which every entry of a run is a worker of its own, with a heap and compilers of
// its own. A page takes work from a server here and brings back what was measured; no driver is needed.
import { find, start } from '../../browsers/launch.mjs'
import { cacheFile, ofRun } from '../cache.mjs'
import { serve } from './firefox/server.mjs'

export const title = 'Firefox (SpiderMonkey)'

/** Above the limit of an entry, for the page itself: to start, or to be found dead. */
const GRACE_MS = 20_000

export async function open() {
  const { command, version } = find('firefox')
  const server = await serve()
  let browser
  const stop = async () => {
    await browser?.stop()
    browser = undefined
  }
  return {
    version,
    async run(entry, limitMs) {
      if (entry.child !== 'child-kernel') throw new Error('needs the API of Node')
      browser ??= start('firefox', command, server.url, cacheFile(ofRun('')))
      const outcome = await server.measured({ ...entry.argument, limitMs }, limitMs + GRACE_MS)
      if (outcome.lost) await stop()
      if (outcome.problem) throw new Error(outcome.problem.slice(0, 200))
      return outcome
    },
    async close() {
      await stop()
      server.close()
    },
  }
}
