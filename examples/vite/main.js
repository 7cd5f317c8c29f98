// The package as its README says: nothing here knows of nowasm.
import brotliPromise from 'brotli-wasm'

const brotli = await brotliPromise
const text = document.querySelector('#text')

function show() {
  const bytes = new TextEncoder().encode(text.value)
  const packed = brotli.compress(bytes)
  const isSame = new TextDecoder().decode(brotli.decompress(packed)) === text.value
  document.querySelector('#result').textContent =
    `${bytes.length} bytes, ${packed.length} packed, ${isSame ? 'and back' : 'WRONG'}`
}

text.addEventListener('input', show)
show()
