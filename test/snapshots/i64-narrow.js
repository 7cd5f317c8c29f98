function instantiate(imports) {
const m0 = memory_new(1, -1);
function f0(_p_0) {
  var _h_1, c;
  _h_1 = D0.v.getInt8(_p_0) & 255;
  _h_1 = imul(_h_1, 31);
  c = D0.v.getInt32(_p_0 + 4, true);
  c = _h_1 + c | 0;
  return c;
}
const D0 = views_new(0);
memory_watch(m0, views_keep(D0, function (bytes) {
  return {v: new DataView(bytes.buffer, 0, bytes.length)};
}));
func_refs([f0], [T0], [0]);
var exports = Object.create(null);
export_func(exports, "hash", f0);
return {exports: Object.freeze(exports)};
}
export { instantiate };
