// The app in Vite's development server, in a browser: nothing is bundled there, and modules are served one by one.
import { find, start } from '../browsers/launch.mjs'

const LIMIT_MS = 120_000

const PAGE = (script) => `<!doctype html><script>${script}</script><script type="module">
let outcome
try {
  await import('/main.js')
  outcome = await globalThis.finished
} catch (error) {
  outcome = { error: String(error?.stack ?? error) }
}
fetch('/done', { method: 'POST', body: JSON.stringify(outcome) })
</script>`

/** @param judge is given what was run and what came out */
export async function inDevelopment(plugin, folder, judge) {
  let found
  try {
    found = find('chromium')
  } catch (error) {
    console.log(`vite's server: not run, ${error.message}`)
    return
  }
  for (const mode of ['always', 'fallback']) {
    for (const [kind, script] of Object.entries({ plain: '', deleted: 'delete globalThis.WebAssembly' })) {
      judge(
        `vite's server ${mode} chromium ${kind}`,
        await shown(plugin.vite({ mode, report: false }), found.command, script, folder),
      )
    }
  }
}

async function shown(nowasm, command, script, folder) {
  const { createServer } = await import('vite')
  let answer
  const answered = new Promise((done) => {
    answer = done
    setTimeout(() => done({ error: 'no answer' }), LIMIT_MS).unref()
  })
  const answering = {
    name: 'answering',
    configureServer(server) {
      server.middlewares.use(async (request, response, next) => {
        if (request.url === '/page.html') response.setHeader('content-type', 'text/html').end(PAGE(script))
        else if (request.url === '/done') {
          const parts = []
          for await (const part of request) parts.push(part)
          response.end()
          answer(JSON.parse(Buffer.concat(parts).toString()))
        } else next()
      })
    },
  }
  const server = await createServer({
    root: `${folder}app`,
    configFile: false,
    logLevel: 'warn',
    server: { port: 0, host: '127.0.0.1', hmr: false },
    // Vite bundles packages when it starts, and then their files are elsewhere than their glue looks for them.
    optimizeDeps: { exclude: ['brotli-wasm', 'tiktoken'] },
    plugins: [nowasm, answering],
  })
  await server.listen()
  const running = start(
    'chromium',
    command,
    `http://127.0.0.1:${server.httpServer.address().port}/page.html`,
    `${folder}.cache`,
  )
  try {
    return await answered
  } finally {
    await running.stop()
    await server.close()
  }
}
