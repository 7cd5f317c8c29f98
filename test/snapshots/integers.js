function instantiate(imports) {
function f0(_x_0, _y_1) {
  return i32_div_s(_x_0, _y_1);
}
function f1(_x_0) {
  return (_x_0 >>> 0) / 10 | 0;
}
function f2(_x_0) {
  return _x_0 % 7 | 0;
}
function f3(_x_0, _n_1) {
  return (_x_0 << 7 | _x_0 >>> 25) ^ (_x_0 >>> _n_1 | _x_0 << 32 - _n_1);
}
function f4(_x_0, _y_1) {
  return (_x_0 >>> 0 < _y_1 >>> 0 | 0) + (!_x_0 | 0) | 0;
}
function f5(_x_0) {
  return clz32(_x_0) + (32 - clz32(~_x_0 & _x_0 - 1) + i32_popcnt(_x_0) | 0) | 0;
}
function f6(_x_0) {
  return _x_0;
}
func_refs([f0, f1, f2, f3, f4, f5, f6], [T0, T1, T1, T0, T0, T1, T1], [0, 1, 1, 1, 1, 1, 1]);
var exports = Object.create(null);
export_func(exports, "divide", f0);
export_func(exports, "tenth", f1);
export_func(exports, "mod", f2);
export_func(exports, "rotate", f3);
export_func(exports, "compare", f4);
export_func(exports, "count", f5);
export_func(exports, "constants", f6);
return {exports: Object.freeze(exports)};
}
export { instantiate };
