// Reads a map of a bundled package, in generated and original order, and looks positions up both ways.
import { digest, packageFile } from '../inputs.mjs'

export async function run() {
  const { SourceMapConsumer } = await import('source-map')
  const map = JSON.parse(packageFile('web-tree-sitter/web-tree-sitter.js.map').toString())
  return SourceMapConsumer.with(map, null, (consumer) => {
    const rows = [[], []]
    consumer.eachMapping((mapping) => rows[0].push(Object.values(mapping).join()), null, 1)
    consumer.eachMapping((mapping) => rows[1].push(Object.values(mapping).join()), null, 2)
    consumer.computeColumnSpans()
    const found = []
    for (let line = 1; line < 4000; line += 7) {
      const original = consumer.originalPositionFor({ line, column: line % 40, bias: (line % 2) + 1 })
      found.push(original, original.source && consumer.allGeneratedPositionsFor(original))
    }
    return {
      count: rows.map((list) => list.length),
      rows: rows.map((list) => digest(list.join('\n'))),
      found: digest(JSON.stringify(found)),
      some: found.slice(-4),
    }
  })
}
