function instantiate(imports) {
var D0;
return instance(imports);function instance(imports){
var m0 = memory_new(1, -1);
function f0(_p_0) {
  var _h_1, c;
  _h_1 = D0.getUint8(_p_0);
  _h_1 = imul(_h_1, 31);
  c = D0.getInt32(_p_0 + 4, true);
  c = _h_1 + c | 0;
  return c;
}
memory_watch(m0, function (bytes) {
  D0 = new DataView(bytes.buffer, 0, bytes.length);
});
func_refs([f0], [T0], [0]);
var exports = Object.create(null);
export_func(exports, "hash", f0);
return {exports: Object.freeze(exports)};
}}
export { instantiate };
