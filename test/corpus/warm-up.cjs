// Importing a CommonJS file makes Node start its own scanner of export names, which is a Wasm module itself: it is
// started here, while WebAssembly is still Node's own, so that it does not count as part of a program.
exports.ready = true
