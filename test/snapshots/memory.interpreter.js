function instantiate(imports) {
const m0 = memory_new(1, -1);
function f0(_p_0) {
  var b, c = I32_0, d = B0, e, f = N32_0, g;
  b = _p_0 & 3 ? 8589934592 : _p_0 >>> 2;
  e = (c[b] ?? slow_i32_load(d, _p_0 >>> 0)) + (c[b + 1] ?? slow_i32_load(d, (_p_0 >>> 0) + 4)) | 0;
  if ((g = b + 2) >= f) slow_i32_store(d, (_p_0 >>> 0) + 8, e);
  else c[g] = e;
  return c[4];
}
function f1(_p_0) {
  var b, c = I8_0, d = B0, e, f, g = N8_0, h = U16_0, i = N16_0;
  b = _p_0 & 1 ? 8589934592 : _p_0 >>> 1;
  e = c[(_p_0 >>> 0) + 1] ?? slow_i32_load8_s(d, (_p_0 >>> 0) + 1);
  if ((f = _p_0 >>> 0) >= g) slow_i32_store8(d, _p_0 >>> 0, e);
  else d[f] = e;
  e = h[b] ?? slow_i32_load16_u(d, _p_0 >>> 0);
  if ((f = b + 1) >= i) slow_i32_store16(d, (_p_0 >>> 0) + 2, e);
  else h[f] = e;
  return d[(_p_0 >>> 0) + 3] ?? slow_i32_load8_u(d, (_p_0 >>> 0) + 3);
}
function f2(_p_0, _x_1, _x_1h) {
  var d, e, f = I32_0, g = N32_0, h, i = B0;
  d = _p_0 & 3 ? 8589934592 : _p_0 >>> 2;
  if ((h = d + 1) >= g) slow_i32_store(i, (_p_0 >>> 0) + 4, _x_1h);
  else f[h] = _x_1h;
  if (d >= g) slow_i32_store(i, _p_0 >>> 0, _x_1);
  else f[d] = _x_1;
  e = f[d] ?? slow_i32_load(i, _p_0 >>> 0);
  ri[0] = e >> 31;
  return e;
}
function f3(_p_0, _x_1) {
  var c, d;
  c = _p_0 & 7 ? 8589934592 : _p_0 >>> 3;
  d = (F64_0_8[c] ?? slow_f64_load(B0, (_p_0 >>> 0) + 8)) + _x_1;
  if (c >= N64_0) slow_f64_store(B0, _p_0 >>> 0, d);
  else F64_0[c] = d;
}
var B0, F64_0 = null, F64_0_8 = null, I32_0, I8_0, N16_0, N32_0, N64_0, N8_0, U16_0;
memory_watch(m0, function (bytes, views) {
  if (!views) return [new Uint8Array(bytes.buffer, 0, bytes.length), new Float64Array(bytes.buffer, 0, bytes.length / 8), new Float64Array(bytes.buffer, 0, bytes.length / 8).subarray(1), new Int32Array(bytes.buffer, 0, bytes.length / 4), new Int8Array(bytes.buffer, 0, bytes.length), (bytes.length / 2 >>> 0) - 64, (bytes.length / 4 >>> 0) - 32, (bytes.length / 8 >>> 0) - 16, bytes.length - 128, new Uint16Array(bytes.buffer, 0, bytes.length / 2)];
  B0 = views[0];
  F64_0 = views[1];
  F64_0_8 = views[2];
  I32_0 = views[3];
  I8_0 = views[4];
  N16_0 = views[5];
  N32_0 = views[6];
  N64_0 = views[7];
  N8_0 = views[8];
  U16_0 = views[9];
});
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
