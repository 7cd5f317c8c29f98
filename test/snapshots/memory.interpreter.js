function instantiate(imports) {
var B0,F64_0,F64_0_8,I32_0,I8_0,N16_0,N32_0,N64_0,N8_0,U16_0;
var m0 = memory_new(1, -1);
function f0(_p_0) {
  var b = I32_0, c = B0, d, e, f = N32_0;
  d = (b[_p_0 / 4] ?? slow_i32_load(c, _p_0 >>> 0)) + (b[((_p_0 >>> 0) + 4) / 4] ?? slow_i32_load(c, (_p_0 >>> 0) + 4)) | 0;
  if (_p_0 & 3 || (e = (_p_0 >>> 2) + 2) >= f) slow_i32_store(c, (_p_0 >>> 0) + 8, d);
  else b[e] = d;
  return b[4];
}
function f1(_p_0) {
  var b = I8_0, c = B0, d, e, f = N8_0, g = U16_0, h = N16_0;
  d = b[(_p_0 >>> 0) + 1] ?? slow_i32_load8_s(c, (_p_0 >>> 0) + 1);
  if ((e = _p_0 >>> 0) >= f) slow_i32_store8(c, _p_0 >>> 0, d);
  else c[e] = d;
  d = g[_p_0 / 2] ?? slow_i32_load16_u(c, _p_0 >>> 0);
  if (_p_0 & 1 || (e = (_p_0 >>> 1) + 1) >= h) slow_i32_store16(c, (_p_0 >>> 0) + 2, d);
  else g[e] = d;
  return c[(_p_0 >>> 0) + 3] ?? slow_i32_load8_u(c, (_p_0 >>> 0) + 3);
}
function f2(_p_0, _x_1, _x_1h) {
  var d, e = I32_0, f, g = N32_0, h = B0;
  if (_p_0 & 3 || (f = (_p_0 >>> 2) + 1) >= g) slow_i32_store(h, (_p_0 >>> 0) + 4, _x_1h);
  else e[f] = _x_1h;
  if (_p_0 & 3 || (f = _p_0 >>> 2) >= g) slow_i32_store(h, _p_0 >>> 0, _x_1);
  else e[f] = _x_1;
  d = e[_p_0 / 4] ?? slow_i32_load(h, _p_0 >>> 0);
  ri[0] = d >> 31;
  return d;
}
function f3(_p_0, _x_1) {
  var c, d;
  c = (F64_0_8[_p_0 / 8] ?? slow_f64_load(B0, (_p_0 >>> 0) + 8)) + _x_1;
  if (_p_0 & 7 || (d = _p_0 >>> 3) >= N64_0) slow_f64_store(B0, _p_0 >>> 0, c);
  else F64_0[d] = c;
}
memory_watch(m0, function (buffer) {
  B0 = new Uint8Array(buffer);
  F64_0 = new Float64Array(buffer);
  F64_0_8 = new Float64Array(buffer).subarray(1);
  I32_0 = new Int32Array(buffer);
  I8_0 = new Int8Array(buffer);
  N16_0 = (buffer.byteLength / 2 >>> 0) - 64;
  N32_0 = (buffer.byteLength / 4 >>> 0) - 32;
  N64_0 = (buffer.byteLength / 8 >>> 0) - 16;
  N8_0 = buffer.byteLength - 128;
  U16_0 = new Uint16Array(buffer);
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
