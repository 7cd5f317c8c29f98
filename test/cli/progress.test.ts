import { expect, test } from 'vitest'
import { terminalProgress } from '../../src/cli/progress.ts'

function start(terminal: boolean) {
  const clock = { now: 0 }
  const lines: string[] = []
  const io = {
    out: () => expect.unreachable(),
    err: (text: string) => lines.push(text),
    terminal,
    streams: {},
  }
  return { clock, lines, ...terminalProgress(io, 8e6, () => clock.now) }
}

test('a terminal sees functions, speed and what is left after a second, and not too often', () => {
  const { clock, lines, report, done } = start(true)
  for (const [now, count] of [
    [500, 1],
    [1000, 2],
    [1100, 3],
    [1250, 4],
  ]) {
    clock.now = now
    report(count, 10, count * 1e6)
  }
  done()
  expect(lines).toEqual([
    '\r\x1b[K25 %: 2 of 10 functions, 2.0 MB/s, 3 s left',
    '\r\x1b[K50 %: 4 of 10 functions, 3.2 MB/s, 2 s left',
    '\r\x1b[K',
  ])
})

test('short compilations and other files see nothing', () => {
  const short = start(true)
  short.report(1, 1, 1)
  short.done()
  const file = start(false)
  file.clock.now = 5000
  file.report(1, 1, 1)
  file.done()
  expect([...short.lines, ...file.lines]).toEqual([])
})
