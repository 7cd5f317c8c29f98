function instantiate(imports) {
var B0,F64_0,I32_0,I8_0,U16_0;
var m0 = memory_new(1, -1);
function f0(_p_0) {
  var b, c = B0, d = I32_0, e, f;
  e = (_p_0 >>> 0) + 8;
  f = ((b = _p_0 >>> 0) & 3 || b >= c.length ? slow_i32_load(c, b) : d[b >>> 2]) + ((b = (_p_0 >>> 0) + 4) & 3 || b >= c.length ? slow_i32_load(c, b) : d[b >>> 2]) | 0;
  if (e & 3 || e >= c.length) slow_i32_store(c, e, f);
  else d[e >>> 2] = f;
  return (b = 16) & 3 || b >= c.length ? slow_i32_load(c, b) : d[b >>> 2];
}
function f1(_p_0) {
  var b, c = B0, d = I8_0, e, f, g = U16_0;
  e = _p_0 >>> 0;
  f = (b = (_p_0 >>> 0) + 1) >= c.length ? slow_i32_load8() : d[b];
  if (e >= c.length) slow_i32_store8(c, e, f);
  else c[e] = f;
  e = (_p_0 >>> 0) + 2;
  f = (b = _p_0 >>> 0) & 1 || b >= c.length ? slow_i32_load16_u(c, b) : g[b >>> 1];
  if (e & 1 || e >= c.length) slow_i32_store16(c, e, f);
  else g[e >>> 1] = f;
  return (b = (_p_0 >>> 0) + 3) >= c.length ? slow_i32_load8() : c[b];
}
function f2(_p_0, _x_1, _x_1h) {
  var d, e, f = B0, g = I32_0, h;
  if ((e = (_p_0 >>> 0) + 4) & 3 || e >= f.length) slow_i32_store(f, e, _x_1h);
  else g[e >>> 2] = _x_1h;
  if ((e = _p_0 >>> 0) & 3 || e >= f.length) slow_i32_store(f, e, _x_1);
  else g[e >>> 2] = _x_1;
  d = (h = _p_0 >>> 0) & 3 || h >= f.length ? slow_i32_load(f, h) : g[h >>> 2];
  ri[0] = d >> 31;
  return d;
}
function f3(_p_0, _x_1) {
  var c, d, e;
  d = _p_0 >>> 0;
  e = ((c = (_p_0 >>> 0) + 8) & 7 || c >= B0.length ? slow_f64_load(B0, c) : F64_0[c >>> 3]) + _x_1;
  if (d & 7 || d >= B0.length) slow_f64_store(B0, d, e);
  else F64_0[d >>> 3] = e;
}
memory_watch(m0, function (buffer) {
  I32_0 = new Int32Array(buffer);
  I8_0 = new Int8Array(buffer);
  B0 = new Uint8Array(buffer);
  U16_0 = new Uint16Array(buffer);
  F64_0 = new Float64Array(buffer);
});
func_refs([f0, f1, f2, f3], [0, 1, 2, 3], [T0, T0, T1, T2]);
var exports = exports_new();
export_memory(exports, "memory", m0);
export_func(exports, "words", f0);
export_func(exports, "narrow", f1);
export_func(exports, "long", f2);
export_func(exports, "floats", f3);
return {exports: exports_done(exports)};
}
export { instantiate };
