// The page in real browsers.

import { beforeAll, describe, expect, type TestContext, test } from 'vitest'
import { example, node, uninstalled } from './run.ts'

interface Launcher {
  readonly names: readonly string[]
  find(name: string): { command: string; version: string }
}

type Answer = (request: unknown, response: unknown) => Promise<void>

interface Watcher {
  watch(
    browser: { name: string; command: string; folder: string },
    page: string,
    seen: string,
    answer: Answer,
  ): Promise<string>
}

const from = (path: string): Promise<unknown> => import(path)
const { names, find } = (await from('../browsers/launch.mjs')) as Launcher
const { watch } = (await from('../browsers/watch.mjs')) as Watcher
const { answer } = (await from(example('sqlite-page/site.mjs'))) as { answer: Answer }

/** What the page shows, behind the text of its `WebAssembly.Module`. */
const SEEN = `(() => {
  const shown = frame.document.querySelector('#result')?.textContent
  return shown && frame.WebAssembly.Module + '\\n\\n' + shown
})()`

const SHOWN = /\n\nname \| moons \| days\nSaturn \| 146 \| 0\.444\nJupiter \| 95 \| 0\.414\nMars \| 2 \| 1\.026\n\n/

/** The command of a browser; without one the test is skipped, with the reason. */
function commandOf(name: string, context: TestContext): string {
  try {
    return find(name).command
  } catch (error) {
    return context.skip(error instanceof Error ? error.message : String(error))
  }
}

describe('sqlite-page', () => {
  const missing = uninstalled('sqlite-page')

  beforeAll(() => {
    if (!missing) node('sqlite-page/build.mjs')
  }, 120_000)

  for (const name of names)
    test(`SQL in ${name}`, async (context) => {
      if (missing) context.skip(missing)
      const shown = await watch(
        { name, command: commandOf(name, context), folder: example('sqlite-page/dist') },
        '/',
        SEEN,
        answer,
      )
      expect(shown).toMatch(SHOWN)
      expect(shown).toMatch(/\nplanets \| moons \| version\n4 \| 244 \| \d+\.\d+\.\d+$/)
      expect(shown).not.toContain('[native code]')
    }, 120_000)
})
