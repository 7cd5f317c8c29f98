function instantiate(imports) {
function $even(_n_0) {
  return tail_run($$$even(_n_0, 0));
}
function $$$even(_n_0, b) {
  if (b > 8) return tail_call($$$even, [_n_0, 0]);
  if (!_n_0) return 1;
  return tail_target($odd)(_n_0 - 1 | 0, b + 1);
}
function $odd(_n_0) {
  return tail_run($$$odd(_n_0, 0));
}
function $$$odd(_n_0, b) {
  if (b > 8) return tail_call($$$odd, [_n_0, 0]);
  if (!_n_0) return 0;
  return tail_target($even)(_n_0 - 1 | 0, b + 1);
}
function f2(_n_0) {
  return $even(_n_0);
}
tail_entry($even, $$$even);
tail_entry($odd, $$$odd);
func_refs([$even, f2], [T0, T0], [0, 2]);
var exports = Object.create(null);
export_func(exports, "even", $even);
export_func(exports, "plain", f2);
return {exports: Object.freeze(exports)};
}
export { instantiate };
