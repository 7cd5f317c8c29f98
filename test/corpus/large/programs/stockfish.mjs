// Stockfish, a chess engine in C++ whose network is worked out with SIMD: a search of so many nodes always finds the same.
import { searches } from '../stockfish.mjs'

export const run = () =>
  searches('lite-single', [
    'uci',
    'position startpos moves e2e4 c7c5',
    'go nodes 20000',
    'position fen r1bq1rk1/pp2bppp/2n1pn2/3p4/3P4/2NBPN2/PP3PPP/R1BQ1RK1 w - - 0 10',
    'go nodes 20000',
    'go perft 3',
    'position fen 4k3/8/8/8/8/8/4P3/4K3 w - - 0 1',
    'go depth 14',
    'eval',
  ])
