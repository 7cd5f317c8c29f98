function instantiate(imports) {
const m0 = memory_new(1, -1);
function $f(a) {
  g0 = a;
  return a;
}
function f1(_p_0) {
  var b;
  b = D0.v.getInt32(_p_0, true);
  g0 = 1;
  g0 = 2;
  return b + 3 | 0;
}
function f2(_p_0) {
  var b;
  b = D0.v.getInt32(_p_0, true);
  D0.v.setInt32(_p_0, 5, true);
  return b + g0 | 0;
}
function f3(_x_0) {
  var b;
  b = _x_0;
  _x_0 = 3;
  return b - _x_0 | 0;
}
const D0 = views_new(0);
memory_watch(m0, views_keep(D0, function (bytes) {
  return {v: new DataView(bytes.buffer, 0, bytes.length)};
}));
func_refs([f1, f2, f3], [T0, T0, T0], [1, 1, 1]);
var g0 = 0;
var exports = Object.create(null);
export_func(exports, "around_call", f1);
export_func(exports, "around_store", f2);
export_func(exports, "around_set", f3);
return {exports: Object.freeze(exports)};
}
export { instantiate };
