// `import { WASI } from 'nowasm/wasi'`: WASI preview 1 for outputs, for nowasm/webassembly and for an engine's own WebAssembly.

export type { Version } from './wasi/context.ts'
export type { Stats } from './wasi/filetype.ts'
export type { WasiImport } from './wasi/functions.ts'
export type { FileSystem } from './wasi/host.ts'
export type { MemoryLike } from './wasi/memory.ts'
export { WASIExit } from './wasi/process.ts'
export type { Stream } from './wasi/stream.ts'
export { type InstanceLike, WASI, type WASIOptions } from './wasi/wasi.ts'
