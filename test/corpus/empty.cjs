// Imported by warm-up.mjs for being CommonJS.
exports.ready = true
