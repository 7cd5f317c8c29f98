function instantiate(imports) {
function $init() {
  G0.v = 7;
}
const G0 = global_new("i", true, 0, 0, global_get, global_put_i);
var exports = Object.create(null);
export_global(exports, "g", G0);
try {
  $init();
} catch (e) {
  throw trapped(e);
}
return {exports: Object.freeze(exports)};
}
export { instantiate };
