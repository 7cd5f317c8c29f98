// What modules that stand for a `.wasm` need where they import or export globals that change.

export { global_bound, global_linked, global_live } from '../../runtime/live.ts'
