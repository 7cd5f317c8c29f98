function instantiate(imports) {
function f0(_x_0, _y_1) {
  if (_x_0 > _y_1) _y_1 = _x_0;
  return _y_1;
}
function f1(_x_0) {
  if (_x_0 < 0) _x_0 = 0;
  if (_x_0 >>> 0 <= 255) {
    if (!_x_0) _x_0 = 1;
  } else _x_0 = 255;
  return _x_0;
}
function f2(_c_0, _x_1, _y_2) {
  return _c_0 ? _x_1 : _y_2;
}
func_refs([f0, f1, f2], [T0, T1, T2], [0, 1, 1]);
var exports = Object.create(null);
export_func(exports, "max", f0);
export_func(exports, "clamp", f1);
export_func(exports, "choose", f2);
return {exports: Object.freeze(exports)};
}
export { instantiate };
