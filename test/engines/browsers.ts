// Browsers: a page, its workers and service workers, with WebAssembly and without, with eval and without.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Engine, Opened } from './engine.ts'
import { folder } from './folder.ts'
import { HERE } from './here.ts'
import { openSite } from './site.ts'

const JIT = { engine: 'jit', target: 'es2020' } as const
const SCRIPT = { engine: 'interpreter', target: 'es2020' } as const

/** Scripts of the site's own, and nothing else. */
const NO_EVAL = "default-src 'self'"

/** What takes away the engine's own; strict code does not run before it. */
const WITHOUT = 'delete globalThis.WebAssembly;\n'

interface Launcher {
  find(name: string): { command: string; version: string }
  start(
    name: string,
    command: string,
    url: string,
    folder: string,
    flags?: readonly string[],
    preferences?: Record<string, unknown>,
  ): { stop(): Promise<void> }
}

interface Settings {
  readonly kind?: 'page' | 'worker' | 'service'
  readonly policy?: string
  readonly flags?: readonly string[]
  readonly preferences?: Record<string, unknown>
  /** Goes before each script. */
  readonly before?: string
}

async function open(name: string, settings: Settings = {}): Promise<Opened> {
  const launcher = pathToFileURL(join(HERE, '../browsers/launch.mjs')).href
  const { find, start } = (await import(launcher)) as Launcher
  const { command, version } = find(name)
  const { kind = 'page', policy, flags, preferences, before = '' } = settings
  const site = await openSite(kind, policy)
  const browser = start(name, command, site.url, join(folder, name), flags, preferences)
  return {
    version: version.replace(/^Mozilla /, '').replace(/ built on.*| *$/, ''),
    run: (job) => site.run(before + job),
    async close() {
      site.close()
      await browser.stop()
    },
  }
}

export const BROWSERS: readonly Engine[] = [
  { name: 'chromium', title: 'Chromium', variant: JIT, open: () => open('chromium') },
  {
    name: 'chromium-jitless',
    title: 'Chromium `--js-flags=--jitless`',
    variant: SCRIPT,
    lacks: ['WebAssembly'],
    open: () => open('chromium', { flags: ['--js-flags=--jitless'] }),
  },
  {
    name: 'chromium-csp',
    title: 'Chromium, policy without eval, `WebAssembly` deleted',
    variant: JIT,
    lacks: ['WebAssembly', 'eval'],
    open: () => open('chromium', { policy: NO_EVAL, before: WITHOUT }),
  },
  {
    name: 'chromium-worker',
    title: 'Chromium, module worker',
    variant: JIT,
    open: () => open('chromium', { kind: 'worker' }),
  },
  {
    name: 'chromium-service',
    title: 'Chromium, service worker',
    variant: JIT,
    open: () => open('chromium', { kind: 'service' }),
  },
  { name: 'firefox', title: 'Firefox (SpiderMonkey)', variant: JIT, hasOneNaN: true, open: () => open('firefox') },
  {
    name: 'firefox-no-wasm',
    title: 'Firefox, `javascript.options.wasm` off',
    variant: JIT,
    hasOneNaN: true,
    lacks: ['WebAssembly'],
    open: () => open('firefox', { preferences: { 'javascript.options.wasm': false } }),
  },
  {
    name: 'firefox-worker',
    title: 'Firefox, module worker',
    variant: JIT,
    hasOneNaN: true,
    open: () => open('firefox', { kind: 'worker' }),
  },
  {
    name: 'firefox-service',
    title: 'Firefox, service worker',
    variant: JIT,
    hasOneNaN: true,
    open: () => open('firefox', { kind: 'service' }),
  },
]
