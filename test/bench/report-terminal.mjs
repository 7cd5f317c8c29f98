// All of a run for the terminal.
import { duel, overall, problems, ratioTable, sizeTable } from './report-table.mjs'

/** @param results what main.mjs writes as JSON */
export function terminalReport({ date, engine, machine, load, runs, ...parts }) {
  const head = `${engine} on ${machine}, ${date}, ${runs} rounds, load ${load.toFixed(1)} at the start`
  return [head, ...kernelReport(parts), ...programReport(parts)].filter(Boolean).join('\n\n')
}

function kernelReport({ kernels = [], interpreted = [] }) {
  if (kernels.length === 0) return []
  return [
    ratioTable('Kernels, steady state: times to native', kernels, 'native', 'steady'),
    ratioTable('Kernels, first run (load and first batch): times to native', kernels, 'native', 'first'),
    duel(kernels, 'nowasm', 'wasm2js'),
    duel(kernels, 'nowasm', 'polywasm'),
    overall(interpreted, 'nowasm jitless', 'wasm2js jitless', 'steady') &&
      ratioTable('Kernels, interpreted (--jitless): times to wasm2js', interpreted, 'wasm2js jitless', 'steady'),
    duel(interpreted, 'nowasm jitless', 'wasm2js jitless'),
    sizeTable('Kernels, size in bytes, minified and gzipped', kernels),
    listed([...problems(kernels), ...problems(interpreted)]),
  ]
}

function programReport({ programs = [] }) {
  if (programs.length === 0) return []
  return [
    ratioTable('Programs, steady state: times to native', programs, 'native', 'steady'),
    ratioTable('Programs, first run (load and first unit of work): times to native', programs, 'native', 'first'),
    duel(programs, 'nowasm', 'wasm2js'),
    duel(programs, 'nowasm', 'polywasm'),
    ...programs.filter(hasParts).map(partReport),
    sizeTable(
      'Programs, size in bytes, minified and gzipped',
      programs.filter(({ sizes }) => sizes),
    ),
    listed(problems(programs)),
  ]
}

const hasParts = ({ figures }) => Object.keys(figures.native.parts ?? {}).length > 0

/** The parts of a program, such as single queries, as if each were a program. */
function partReport({ name, figures }) {
  const parts = Object.keys(figures.native.parts).map((part) => ({
    name: part,
    figures: Object.fromEntries(
      Object.entries(figures).map(([key, { parts: times, spread }]) => [key, { steady: times?.[part], spread }]),
    ),
  }))
  return ratioTable(`Parts of ${name}, steady state: times to native`, parts, 'native', 'steady')
}

const listed = (lines) => (lines.length ? `Without a figure:\n${lines.map((line) => `  ${line}`).join('\n')}` : '')
