// Graphviz: several layout engines, to SVG, plain text and JSON, and a syntax error.
import { digest, randomNumbers } from '../inputs.mjs'

export async function run() {
  const { instance } = await import('@viz-js/viz')
  const viz = await instance()
  const next = randomNumbers(21)
  const edges = Array.from({ length: 70 }, () => `n${next() % 40} -> n${next() % 40} [label="${next() % 9}"]`)
  const graph = `digraph { rankdir=LR; node [shape=record]; n1 [label="{a|<p> b|c}"]; ${edges.join(';')};
    subgraph cluster_a { n3; n4; label="group" } }`
  const results = ['dot', 'neato', 'circo'].map((engine) => {
    const { output } = viz.render(graph, { engine, format: 'svg' })
    return [engine, output.length, digest(output)]
  })
  const { status, errors } = viz.render('digraph { a -> ')
  return {
    version: viz.graphvizVersion,
    results,
    plain: viz.renderString('graph { a -- b -- c -- a }', {
      format: 'plain',
    }),
    status,
    errors,
  }
}
