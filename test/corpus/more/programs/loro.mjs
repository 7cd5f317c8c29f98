// Loro, documents that merge: Rust behind wasm-bindgen, with objects, lists and closures that go back and forth.
import { createRequire } from 'node:module'
import { digest, randomNumbers, text } from '../../inputs.mjs'

export async function run() {
  const { LoroDoc, UndoManager } = createRequire(import.meta.url)('loro-crdt')
  const next = randomNumbers(3)
  const documents = [1n, 2n, 3n].map((peer) => {
    const document = new LoroDoc()
    document.setPeerId(peer)
    document.setRecordTimestamp(false)
    return document
  })
  const events = []
  documents[0].subscribe((batch) => events.push(batch.events.length))
  for (let round = 0; round < 30; round++) {
    for (const document of documents) {
      const words = document.getText('text')
      for (let i = 0; i < 12; i++) {
        const at = next() % (words.length + 1)
        if (next() % 3 && words.length > 40) words.delete(at % (words.length - 5), 1 + (next() % 4))
        else words.insert(at, text(1 + (next() % 20), next()))
      }
      document.getMap('map').set(`k${next() % 20}`, { n: next(), half: next() / 2, list: [null, true, 'x'] })
      document.getMovableList('list').insert(0, next())
      if (round % 4 === 0) document.getTree('tree').createNode().data.set('round', round)
      document.commit()
    }
    const [a, b] = [next() % 3, next() % 3]
    documents[a].import(documents[b].export({ mode: 'update', from: documents[a].version() }))
  }
  for (const document of documents) for (const other of documents) document.import(other.export({ mode: 'snapshot' }))
  await Promise.resolve()
  const results = documents.map((document) => digest(JSON.stringify(document.toJSON())))
  const undo = new UndoManager(documents[0], {})
  documents[0].getText('text').insert(0, 'undone')
  documents[0].commit()
  results.push(undo.undo(), undo.undo(), digest(documents[0].getText('text').toString()))
  const fork = documents[1].forkAt(documents[1].frontiers())
  results.push(fork.opCount(), fork.changeCount(), events.length, documents[2].getText('text').toString().slice(0, 60))
  const attempts = [
    () => documents[0].import(Uint8Array.of(1, 2, 3)),
    () => documents[0].getText('text').insert(1e6, 'x'),
  ]
  for (const attempt of attempts) {
    try {
      attempt()
    } catch (error) {
      results.push(String(error.message ?? error))
    }
  }
  return results
}
