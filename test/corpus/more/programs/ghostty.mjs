// Ghostty's terminal: Zig for freestanding WebAssembly.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { digest, text } from '../../inputs.mjs'

export async function run() {
  const { Ghostty } = await import('ghostty-web')
  const file = readFileSync(createRequire(import.meta.url).resolve('ghostty-web/ghostty-vt.wasm'))
  globalThis.fetch = async () => new Response(file, { headers: { 'content-type': 'application/wasm' } })
  const ghostty = await Ghostty.load('ghostty-vt.wasm')
  const terminal = ghostty.createTerminal(60, 20, { scrollbackLimit: 1000 })
  const results = []
  const look = (name) => {
    terminal.update()
    const lines = Array.from({ length: 20 }, (_, y) => terminal.getLine(y))
    results.push([
      name,
      terminal.getCursor(),
      digest(JSON.stringify(lines)),
      lines[1]?.map((cell) => String.fromCodePoint(cell.codepoint || 32)).join(''),
    ])
  }
  for (const [name, written] of Object.entries(WRITTEN)) {
    terminal.write(written)
    look(name)
  }
  terminal.resize(37, 20)
  look('narrower')
  results.push(terminal.getScrollbackLength(), terminal.isAlternateScreen())
  const encoder = ghostty.createKeyEncoder()
  for (const key of [4, 20, 58, 77, 120]) {
    results.push([...encoder.encode({ action: 1, key, mods: key % 5, utf8: 'a' })])
  }
  return results
}

const WRITTEN = {
  words: text(3000, 4).replaceAll('\n', '\r\n'),
  colours: '\x1b[2J\x1b[H\x1b[1;31mred\x1b[0m \x1b[48;2;10;20;30mback\x1b[m \x1b[38;5;208;4:3mcurly\x1b[m\r\n',
  moves: '\x1b[5;10Hhere\x1b[3D\x1b[K\x1b[2A\x1b[Lup\x1b[10;15r\x1b[15;1H\n\n\x1b[r\x1b[3;3H\x1b[4@ins\x1b[2P',
  wide: '\x1b[8;55H漢字かな e\u0301 👩‍👩‍👧 \u{1f1e9}\u{1f1ea}|\tend',
  alternate: '\x1b[?1049h\x1b[Halternate\x1b[?1049l\x1b7\x1b[9;9H\x1b8\x1b(0lqk\x1b(B',
  broken: '\x1b[9999;9999H\x1b[;;;;m\x1b]0;title\x07\x1bP+q544e\x1b\\\xff\x1b[?zz',
}
