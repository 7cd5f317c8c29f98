function instantiate(imports) {
function f0(_x_0) {
  if (_x_0) throw unreachable();
  return 1;
}
func_refs([f0], [T0], [0]);
var exports = exports_new();
export_func(exports, "never", f0);
return {exports: exports_done(exports)};
}
export { instantiate };
