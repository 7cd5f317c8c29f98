function instantiate(imports) {
function f0(_x_0) {
  if (_x_0) throw unreachable();
  return 1;
}
func_refs([f0], [T0], [0]);
var exports = Object.create(null);
export_func(exports, "never", f0);
return {exports: Object.freeze(exports)};
}
export { instantiate };
