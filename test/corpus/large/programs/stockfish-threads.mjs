// Stockfish with threads, and SIMD: one thread for the loader, and one that searches. What several find together depends on
// who is faster, but not who wins.
import { searches } from '../stockfish.mjs'

export async function run() {
  const one = await searches('lite', [
    'position startpos moves e2e4 c7c5',
    'go nodes 20000',
    'setoption name Threads value 2',
    'position fen 7k/5ppp/8/8/8/8/5PPP/R5K1 w - - 0 1',
    'go depth 9',
  ])
  return one.filter((line, i) => /^bestmove/.test(line) || i < one.findIndex((each) => /^bestmove/.test(each)))
}
