function instantiate(imports) {
function f0(_x_0, _y_1) {
  return _x_0 + _y_1 | 0;
}
function f1(_a_0, _b_1, _c_2) {
  return ((_a_0 + _b_1 | 0) + _c_2 | 0) + 7 | 0;
}
func_refs([f0, f1], [T0, T1], [0, 1]);
var exports = Object.create(null);
export_func(exports, "add", f0);
export_func(exports, "sum", f1);
return {exports: Object.freeze(exports)};
}
export { instantiate };
