import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    testTimeout: 60_000,
    maxWorkers: 2,
    // The IR is checked between all passes in every test.
    env: { NOWASM_VERIFY: '1' },
  },
})
