// The server that a browser's page gets its scripts from, one after another, and reports to.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { textOf } from './job.ts'

/** For a script; a page that does not answer has crashed. */
const LIMIT_MS = 120_000

interface Report {
  readonly text?: string
  readonly problem?: string
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

export interface Site {
  /** Address of the page. */
  readonly url: string
  /** Hands a script out. @returns what it reports */
  run(job: string): Promise<string>
  close(): void
}

/**
 * @param kind where scripts run: `page`, `worker` or `service`
 * @param policy the page's Content-Security-Policy
 */
export async function openSite(kind: string, policy?: string): Promise<Site> {
  const jobs: string[] = []
  let waiting: ServerResponse | undefined
  let reported: ((report: Report) => void) | undefined
  const files: Record<string, () => string> = {
    '/': () =>
      '<!doctype html><meta charset="utf-8"><title>engines</title><script type="module" src="/page.js"></script>',
    '/page.js': () => textOf('pages/page.js'),
    '/worker.js': () => textOf('pages/worker.js'),
    '/service.js': () => textOf('pages/service.js'),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/next') {
      waiting = response
      return
    }
    if (pathname === '/report') {
      reported?.(JSON.parse(await bodyOf(request)) as Report)
      return response.end()
    }
    const job = /^\/job\/(\d+)\.js$/.exec(pathname)?.[1]
    const text = job === undefined ? files[pathname]?.() : jobs[Number(job)]
    const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html'
    const head = { 'content-type': type, ...(policy === undefined ? {} : { 'content-security-policy': policy }) }
    return response.writeHead(text === undefined ? 404 : 200, head).end(text)
  }

  /** The page asks for the next script before or after there is one. */
  async function hand(url: string): Promise<void> {
    while (waiting === undefined) await new Promise((later) => setTimeout(later, 2))
    const response = waiting
    waiting = undefined
    response.end(url)
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/?${kind}`,
    async run(job) {
      const url = `/job/${jobs.push(job) - 1}.js`
      const report = await new Promise<Report>((resolve, reject) => {
        reported = resolve
        setTimeout(() => reject(new Error(`no answer in ${LIMIT_MS / 1000} s`)), LIMIT_MS).unref()
        void hand(url)
      })
      jobs[jobs.length - 1] = ''
      if (report.text === undefined) throw new Error(report.problem ?? 'no report')
      return report.text
    },
    close() {
      waiting?.end('')
      server.closeAllConnections()
      server.close()
    },
  }
}
