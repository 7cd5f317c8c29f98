// SpiderMonkey: one headless Firefox, in which every entry of a run is a worker of its own, with a heap and compilers of
// its own. A page takes work from a server here and brings back what was measured; no driver is needed.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFile, ofRun } from '../cache.mjs'
import { serve } from './firefox/server.mjs'

export const title = 'Firefox (SpiderMonkey)'

const COMMANDS = ['firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox']

/** A clock without artificial steps, and a browser that does nothing of its own accord. */
const PREFERENCES = {
  'privacy.reduceTimerPrecision': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'toolkit.startup.max_resumed_crashes': -1,
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'services.settings.server': '',
}

/** Above the limit of an entry, for the page itself: to start, or to be found dead. */
const GRACE_MS = 20_000

export async function open() {
  const { command, version } = find()
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
      browser ??= start(command, server.url)
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

function find() {
  for (const command of COMMANDS) {
    try {
      return { command, version: execFileSync(command, ['--version'], { stdio: 'pipe' }).toString().trim() }
    } catch (error) {
      if (error.code !== 'ENOENT') throw error
    }
  }
  throw new Error(`no command ${COMMANDS.slice(0, 2).join(' or ')} here (Debian: apt-get install firefox-esr)`)
}

/** A browser with an empty profile, showing the page that works. */
function start(command, url) {
  mkdirSync(cacheFile(ofRun('')), { recursive: true })
  const profile = mkdtempSync(cacheFile(ofRun('firefox-')))
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`)
  writeFileSync(join(profile, 'user.js'), lines.join(''))
  const running = spawn(command, ['--headless', '--no-remote', '--profile', profile, url], { stdio: 'ignore' })
  const ended = once(running, 'exit')
  const kill = () => running.kill('SIGKILL')
  process.once('exit', kill)
  return {
    async stop() {
      process.off('exit', kill)
      running.kill()
      await ended
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
