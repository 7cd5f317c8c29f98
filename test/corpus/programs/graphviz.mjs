// Graphviz in C, built by the makers of hpcc-js: drawings of graphs, and errors in them.
export async function run() {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz')
  const graphviz = await Graphviz.load()
  const edges = Array.from({ length: 60 }, (_, i) => `n${i} -> n${(i * 7 + 3) % 41} [label="${i}"];`)
  const graph = `digraph G { rankdir=LR; subgraph cluster0 { n1; n2; n3; label="c" } ${edges.join(' ')} }`
  const drawings = ['dot', 'neato', 'fdp', 'circo', 'twopi'].map((engine) => graphviz.layout(graph, 'svg', engine))
  const json = graphviz.dot(graph, 'json')
  let error
  try {
    graphviz.dot('digraph { a -> ', 'svg')
  } catch (thrown) {
    error = String(thrown.message)
  }
  return { drawings, json, error, version: graphviz.version() }
}
