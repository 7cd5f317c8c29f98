function instantiate(imports) {
const m0 = memory_new(1, -1);
function f0(_to_0, _from_1) {
  D0.v.setInt32(_to_0, D0.v.getInt32(_from_1, true), true);
}
function f1(_p_0) {
  return f32_load(D0.v, _p_0);
}
function f2(_p_0) {
  return fround(D0.v.getFloat32(_p_0, true) + D0.v.getFloat32(_p_0 + 4, true));
}
function f3(_x_0) {
  var b;
  return (b = f32_neg(_x_0)) === b ? (bits_f32[0] = b, bits_f32_i32[0]) : f32_nan_bits(b);
}
function f4(_x_0, _y_1) {
  return -_x_0 - _y_1;
}
function f5() {
  return f32_reinterpret_i32(2141192193);
}
function f6(_to_0, _from_1) {
  f64_store(D0.v, _to_0, D0.v.getFloat64(_from_1, true));
}
function f7(_p_0, _x_1) {
  D0.v.setFloat64(_p_0, D0.v.getFloat64(_p_0, true) * _x_1, true);
}
function f8(_x_0) {
  g0 = _x_0;
  rf_put(0, _x_0);
  return 1;
}
function f9() {
  return g0;
}
function f10() {
  return -0;
}
const D0 = views_new(0);
memory_watch(m0, views_keep(D0, function (bytes) {
  return {v: new DataView(bytes.buffer, 0, bytes.length)};
}));
func_refs([f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10], [T0, T1, T1, T2, T3, T4, T0, T5, T6, T7, T7], [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
var g0 = .5;
g0 = null;
g0 = .5;
var exports = Object.create(null);
export_func(exports, "move", f0);
export_func(exports, "keep", f1);
export_func(exports, "compute", f2);
export_func(exports, "bits", f3);
export_func(exports, "negate", f4);
export_func(exports, "constant", f5);
export_func(exports, "move64", f6);
export_func(exports, "compute64", f7);
export_func(exports, "second", f8);
export_func(exports, "first", f9);
export_func(exports, "zero", f10);
return {exports: Object.freeze(exports)};
}
export { instantiate };
