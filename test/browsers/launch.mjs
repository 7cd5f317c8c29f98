// Starts browsers that show one page, without a window and without a driver: with an empty profile each.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A clock without artificial steps, and a browser that does nothing of its own accord. */
const FIREFOX_PREFERENCES = {
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

/** What each browser is called, how it is installed on Debian, and the arguments that show a page. */
const BROWSERS = {
  firefox: {
    commands: ['firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
    hint: 'apt-get install firefox-esr',
    arguments(profile, url, preferences) {
      const lines = Object.entries({ ...FIREFOX_PREFERENCES, ...preferences }).map(
        ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`,
      )
      writeFileSync(join(profile, 'user.js'), lines.join(''))
      return ['--headless', '--no-remote', '--profile', profile, url]
    },
  },
  chromium: {
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    hint: 'apt-get install chromium',
    // In containers there is neither a sandbox of users nor much of /dev/shm.
    arguments: (profile, url) => [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
      ...['--disable-background-networking', `--user-data-dir=${profile}`, url],
    ],
  },
}

export const names = Object.keys(BROWSERS)

/** The command of a browser and its version. Throws an error that says what to install if there is none. */
export function find(name) {
  const { commands, hint } = BROWSERS[name]
  for (const command of commands) {
    try {
      return { command, version: execFileSync(command, ['--version'], { stdio: 'pipe' }).toString().trim() }
    } catch (error) {
      if (error.code !== 'ENOENT') throw error
    }
  }
  throw new Error(`no command ${commands.slice(0, 2).join(' or ')} here (Debian: ${hint})`)
}

/** Each browser named on the command line, or each there is, with its command and version; says which are not here. */
export function* asked() {
  for (const name of process.argv.length > 2 ? process.argv.slice(2) : names) {
    let found
    try {
      found = find(name)
    } catch (error) {
      console.log(`${name}: not run, ${error.message}`)
      continue
    }
    yield { name, ...found }
  }
}

/**
 * Shows a page.
 * @param {string} folder where the profile may be
 * @param {string[]} flags further arguments
 * @param {Record<string, unknown>} preferences of Firefox, further ones
 * @returns what ends the browser
 */
export function start(name, command, url, folder, flags = [], preferences = {}) {
  mkdirSync(folder, { recursive: true })
  const profile = mkdtempSync(join(folder, `${name}-`))
  const running = spawn(command, [...flags, ...BROWSERS[name].arguments(profile, url, preferences)], {
    stdio: 'ignore',
  })
  const ended = once(running, 'exit')
  const kill = () => running.kill('SIGKILL')
  process.once('exit', kill)
  return {
    async stop() {
      process.off('exit', kill)
      running.kill()
      await ended
      await remove(profile)
    },
  }
}

/** Processes of the browser write to its profile for a while after it has ended. What is left then is in the cache. */
async function remove(profile) {
  for (let tries = 0; tries < 100; tries++) {
    try {
      return rmSync(profile, { recursive: true, force: true })
    } catch {
      await new Promise((done) => setTimeout(done, 100))
    }
  }
}
