// What modules that stand for a `.wasm` need where exported globals change.

export { global_live } from '../../runtime/live.ts'
