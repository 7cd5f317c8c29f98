function instantiate(imports) {
const G0 = global_import(imports, "env", "base", "i", false, global_get, global_put_i), g0 = G0.v;
const m0 = memory_new(1, -1);
function f0() {
  return D0.v.getInt8(16) & 255;
}
const D0 = views_new(0);
memory_watch(m0, views_keep(D0, function (bytes) {
  return {v: new DataView(bytes.buffer, 0, bytes.length)};
}));
func_refs([f0], [T0], [0]);
var bytes = data();
var exports = Object.create(null);
export_func(exports, "first", f0);
data_run(m0, bytes, 0, [16, 5, 1024, 4]);
memory_init(m0, bytes.subarray(9, 16), g0, 0, 7);
return {exports: Object.freeze(exports)};
}
export { instantiate };
