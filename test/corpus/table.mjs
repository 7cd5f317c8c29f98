// The report: one line for each program and engine.

export const HEADINGS = [
  'program',
  'engine',
  'wasm kB',
  'compile ms',
  'MB/s',
  'native ms',
  'here ms',
  'ratio',
  'peak MB',
  'result',
]

/** The cells of one line. Times of a run are without compilation. */
export function row(name, engine, native, outcome, problem) {
  const result = problem ? 'FAILED' : 'same'
  const nativeMs = native.totalMs - native.compileMs
  if (outcome.error) return [name, engine, sizeOf(native) / 1000, '', '', nativeMs, '', '', '', result].map(show)
  const ms = outcome.totalMs - outcome.compileMs
  const speed = sizeOf(outcome) / 1000 / outcome.compileMs
  return [
    name,
    engine,
    sizeOf(outcome) / 1000,
    outcome.compileMs,
    speed,
    nativeMs,
    ms,
    ms / nativeMs,
    outcome.peakMb,
    result,
  ].map(show)
}

const sizeOf = ({ modules }) => modules.reduce((sum, { size }) => sum + size, 0)

const show = (value) => (typeof value === 'number' ? value.toFixed(value < 20 ? 2 : 0) : value)

/** Columns aligned by spaces: names to the left, figures to the right. */
export function table(headings, rows) {
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((cells) => cells[i].length)))
  const line = (cells) => cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ')
  return [headings, ...rows].map(line).join('\n')
}
