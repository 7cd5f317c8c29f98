function instantiate(imports) {
const m0 = memory_new(1, -1);
function f0(_p_0) {
  var b = D0.v;
  b.setInt32(_p_0 + 8, b.getInt32(_p_0, true) + b.getInt32(_p_0 + 4, true) | 0, true);
  return b.getInt32(16, true);
}
function f1(_p_0) {
  var b = D0.v;
  b.setInt8(_p_0, b.getInt8((_p_0 >>> 0) + 1));
  b.setInt16(_p_0 + 2, b.getInt16(_p_0, true), true);
  return b.getInt8(_p_0 + 3) & 255;
}
function f2(_p_0, _x_1, _x_1h) {
  var d, e = D0.v;
  e.setInt32((_p_0 >>> 0) + 4, _x_1h, true);
  e.setInt32(_p_0, _x_1, true);
  d = e.getInt32(_p_0, true);
  ri[0] = d >> 31;
  return d;
}
function f3(_p_0, _x_1) {
  D0.v.setFloat64(_p_0, D0.v.getFloat64((_p_0 >>> 0) + 8, true) + _x_1, true);
}
const D0 = views_new(0);
memory_watch(m0, views_keep(D0, function (bytes) {
  return {v: new DataView(bytes.buffer, 0, bytes.length)};
}));
func_refs([f0, f1, f2, f3], [T0, T0, T1, T2], [0, 1, 1, 1]);
var exports = Object.create(null);
export_memory(exports, "memory", m0);
export_func(exports, "words", f0);
export_func(exports, "narrow", f1);
export_func(exports, "long", f2);
export_func(exports, "floats", f3);
return {exports: Object.freeze(exports)};
}
export { instantiate };
