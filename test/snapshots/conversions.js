function instantiate(imports) {
function f0(_x_0) {
  return i32_trunc_f64_s(_x_0);
}
function f1(_x_0) {
  return i32_trunc_sat_f32_u(_x_0);
}
function f2(_x_0) {
  return _x_0 >>> 0;
}
function f3(_x_0, _x_0h) {
  return _x_0h * 4294967296 + (_x_0 >>> 0);
}
function f4(_x_0, _x_0h) {
  return f32_convert_i64_u(_x_0, _x_0h);
}
function f5(_x_0) {
  return fround(fround(_x_0) * .10000000149011612);
}
function f6(_x_0) {
  return _x_0 << 24 >> 24;
}
func_refs([f0, f1, f2, f3, f4, f5, f6], [T0, T1, T2, T3, T4, T5, T6], [0, 1, 1, 1, 1, 1, 1]);
var exports = Object.create(null);
export_func(exports, "trunc", f0);
export_func(exports, "saturate", f1);
export_func(exports, "unsigned", f2);
export_func(exports, "long", f3);
export_func(exports, "single", f4);
export_func(exports, "round", f5);
export_func(exports, "extend", f6);
return {exports: Object.freeze(exports)};
}
export { instantiate };
