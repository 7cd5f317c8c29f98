// Uses the bindings: node --jitless main.mjs, after npm run build
import 'nowasm/aot/install'
import './dist/words.wasm.mjs'

const { memory, __new, __pin, __unpin, __collect, frequent, histogram, BUFFER, sum } = await import('./dist/words.js')

const text = 'How much wood would a woodchuck chuck if a woodchuck could chuck wood'
console.log('words:', frequent(text, 4).join(', '))
console.log('the letter o:', histogram(text)[14])

// A buffer of the module, held by hand: it stays where it is until it is unpinned, however much is made beside it.
const buffer = __pin(__new(800, BUFFER.value))
const longs = new BigInt64Array(memory.buffer, buffer, 100)
longs.forEach((_, i) => {
  longs[i] = 10n ** 15n + BigInt(i)
})
for (let i = 0; i < 200; i++) frequent(text, 4)
__collect()
console.log('sum:', sum(buffer))
__unpin(buffer)

// Garbage is collected: 100 MB in pieces of 1 MB go through a few of them.
for (let i = 0; i < 100; i++) __new(1e6, BUFFER.value)
__collect()
console.log('memory below 8 MB:', memory.buffer.byteLength < 8e6)
