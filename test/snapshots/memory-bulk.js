function instantiate(imports) {
const m0 = memory_new(1, 4);
function f0(_n_0) {
  return memory_grow(m0, _n_0) + memory_size(m0) | 0;
}
function f1(_to_0, _from_1, _n_2) {
  memory_copy(m0, m0, _to_0, _from_1, _n_2);
  memory_fill(m0, _to_0, 7, _n_2);
  memory_init(m0, d0, 8, 0, 3);
  d0 = new Uint8Array(0);
}
func_refs([f0, f1], [T0, T1], [0, 1]);
var bytes = data();
var d0 = bytes.subarray(0, 3);
var exports = Object.create(null);
export_func(exports, "grow", f0);
export_func(exports, "bulk", f1);
return {exports: Object.freeze(exports)};
}
export { instantiate };
