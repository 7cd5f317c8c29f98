function instantiate(imports) {
const G0 = global_import(imports, "env", "base", "i", false), g0 = G0.v;
const m0 = memory_new(1, -1);
function f0() {
  return D0.v.getInt8(16) & 255;
}
const D0 = views_new(0);
memory_watch(m0, views_keep(D0, function (bytes) {
  return {v: new DataView(bytes.buffer, 0, bytes.length)};
}));
func_refs([f0], [0], [T0]);
var bytes = data();
var exports = exports_new();
export_func(exports, "first", f0);
data_run(m0, bytes, 0, 2);
memory_init(m0, bytes.subarray(14, 21), g0, 0, 7);
return {exports: exports_done(exports)};
}
export { instantiate };
