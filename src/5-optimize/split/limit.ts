/** Functions of more bytecode than this (bytes, as estimated) are split: see docs/DECISIONS.md. */
export const BYTECODE_LIMIT = 30_000
