// What bundlers made, in a browser: each build in frames of its own, as it is, under a policy that forbids WebAssembly and eval, and
// with WebAssembly deleted. Of `fallback` the compiled modules are loaded just where they are needed, and of `always` no `.wasm` is.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname } from 'node:path'
import { find, start } from '../browsers/launch.mjs'

const LIMIT_MS = 240_000
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' }

/** Neither WebAssembly nor eval is allowed. */
const POLICY = { 'content-security-policy': "default-src 'self'" }

const KINDS = { plain: {}, policy: POLICY, deleted: POLICY }

/** Bytes: what the bundle has without compiled modules is less, and each of them is more. */
const COMPILED = 1e6

const FRAME = `<!doctype html><script src="/$KIND.js"></script><script type="module" src="/frame.js"></script>`

const SCRIPTS = {
  '/plain.js': '',
  '/policy.js': '',
  '/deleted.js': 'delete globalThis.WebAssembly',
  '/frame.js': `let outcome
try {
  await import(new URL('main.js', location.href))
  outcome = await globalThis.finished
} catch (error) {
  outcome = { error: String(error?.stack ?? error) }
}
parent.postMessage(outcome, '*')`,
  '/page.js': `const outcomes = {}
for (const path of JSON.parse(document.body.dataset.paths)) {
  const frame = document.createElement('iframe')
  const answered = new Promise((done) => addEventListener('message', (event) => done(event.data), { once: true }))
  frame.src = path + 'frame.html'
  document.body.append(frame)
  outcomes[path] = await answered
  frame.remove()
}
fetch('/done', { method: 'POST', body: JSON.stringify(outcomes) })`,
}

/** @param judge is given what was run and what came out */
export async function inBrowser(browser, builds, folder, judge) {
  let found
  try {
    found = find(browser)
  } catch (error) {
    console.log(`${browser}: not run, ${error.message}`)
    return
  }
  for (const [how, flags] of Object.entries({
    '': [],
    ...(browser === 'chromium' ? { ' --jitless': ['--js-flags=--jitless'] } : {}),
  })) {
    const kinds = how === '' ? KINDS : { plain: {} }
    const { outcomes, loaded } = await shown(browser, found.command, flags, builds, kinds, folder)
    for (const { name, mode } of builds) {
      for (const kind of Object.keys(kinds)) {
        const path = `/${kind}/${name}-${mode}/`
        const wrong = wrongLoads(mode, how === '' && kind === 'plain', loaded.get(path))
        judge(`${name} ${mode} ${browser}${how} ${kind}`, wrong ?? outcomes[path])
      }
    }
  }
}

/** What of the bytes loaded is not as it should be. */
function wrongLoads(mode, isNative, { script, wasm } = { script: 0, wasm: 0 }) {
  const wantsScript = mode === 'always' || !isNative
  if (script > COMPILED !== wantsScript) return { script }
  return mode === 'always' && wasm > COMPILED / 10 ? { wasm } : undefined
}

async function shown(browser, command, flags, builds, kinds, folder) {
  const paths = Object.keys(kinds).flatMap((kind) => builds.map(({ name, mode }) => `/${kind}/${name}-${mode}/`))
  const loaded = new Map(paths.map((path) => [path, { script: 0, wasm: 0 }]))
  let answer
  const answered = new Promise((done) => {
    answer = done
    setTimeout(() => done({}), LIMIT_MS).unref()
  })
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    if (pathname === '/done') {
      const parts = []
      for await (const part of request) parts.push(part)
      response.end()
      answer(JSON.parse(Buffer.concat(parts).toString()))
      return
    }
    const [, kind, build, file] = /^\/(\w+)\/([\w-]+)\/(.*)$/.exec(pathname) ?? []
    const content = await contentOf(pathname, kind, build, file, folder, paths)
    const counted = loaded.get(`/${kind}/${build}/`)
    if (content && counted) counted[extname(pathname) === '.wasm' ? 'wasm' : 'script'] += content.length
    const headers = {
      'content-type': TYPES[extname(pathname)] ?? 'text/plain',
      'cache-control': 'no-store',
      ...kinds[kind],
    }
    response.writeHead(content === undefined ? 404 : 200, headers).end(content)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${server.address().port}/page.html`
  const running = start(browser, command, url, `${folder}.cache`, flags)
  try {
    return { outcomes: await answered, loaded }
  } finally {
    await running.stop()
    server.close()
  }
}

async function contentOf(pathname, kind, build, file, folder, paths) {
  if (pathname === '/page.html') {
    return `<!doctype html><body data-paths='${JSON.stringify(paths)}'><script type="module" src="/page.js"></script>`
  }
  if (pathname in SCRIPTS) return SCRIPTS[pathname]
  if (file === 'frame.html') return FRAME.replace('$KIND', kind)
  return build === undefined ? undefined : readFile(`${folder}.cache/${build}/${file}`).catch(() => undefined)
}
