function instantiate(imports) {
function f0(_x_0, _x_0h, _y_1, _y_1h) {
  var e;
  e = _x_0 + _y_1 | 0;
  ri[0] = (_x_0h + _y_1h | 0) + (e >>> 0 < _y_1 >>> 0 | 0) | 0;
  return e;
}
function f1(_x_0, _x_0h, _y_1, _y_1h) {
  ri[0] = (_x_0h - _y_1h | 0) - (_x_0 >>> 0 < _y_1 >>> 0 | 0) | 0;
  return _x_0 - _y_1 | 0;
}
function f2(_x_0, _x_0h) {
  var c;
  c = _x_0 + 1 | 0;
  ri[0] = _x_0h + (c >>> 0 < 1 | 0) | 0;
  return c;
}
function f3(_x_0, _x_0h, _y_1, _y_1h) {
  return (_x_0h == _y_1h ? _x_0 >>> 0 < _y_1 >>> 0 : _x_0h < _y_1h) | 0;
}
function f4(_x_0, _x_0h) {
  return _x_0h < 0 | 0;
}
function f5(_x_0, _x_0h) {
  var c;
  c = _x_0h << 5;
  ri[0] = 0;
  return c >>> 8 | 0;
}
function f6(_x_0, _x_0h) {
  ri[0] = _x_0h << 13 | _x_0 >>> 19;
  return _x_0 << 13 | _x_0h >>> 19;
}
function f7(_x_0, _x_0h, _y_1, _y_1h) {
  var e;
  e = imul(_x_0, _y_1);
  ri[0] = (((_x_0 >>> 0) * (_y_1 >>> 0) - (e ^ -2147483648)) * 2.3283064365386963e-10 | 0) + (imul(_x_0, _y_1h) + imul(_y_1, _x_0h) | 0) | 0;
  return e;
}
func_refs([f0, f1, f2, f3, f4, f5, f6, f7], [T0, T0, T1, T2, T3, T1, T1, T0], [0, 1, 1, 1, 1, 1, 1, 1]);
var exports = Object.create(null);
export_func(exports, "add", f0);
export_func(exports, "sub", f1);
export_func(exports, "step", f2);
export_func(exports, "less", f3);
export_func(exports, "negative", f4);
export_func(exports, "shift", f5);
export_func(exports, "rotate", f6);
export_func(exports, "product", f7);
return {exports: Object.freeze(exports)};
}
export { instantiate };
