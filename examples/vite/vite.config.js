import { vite as nowasm } from 'nowasm/plugin'

export default {
  plugins: [nowasm({ mode: 'fallback' })],
  // The development server bundles packages when it starts, and then a `.wasm` is not where its glue looks for it.
  optimizeDeps: { exclude: ['brotli-wasm'] },
}
