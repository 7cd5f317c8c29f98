function instantiate(imports) {
function $init() {
  G0.v = 7;
}
var G0 = global_new("i", true, 0, 0, global_get, global_put_i);
var exports = exports_new();
export_global(exports, "g", G0);
try {
  $init();
} catch (e) {
  throw trapped(e);
}
return {exports: exports_done(exports)};
}
export { instantiate };
