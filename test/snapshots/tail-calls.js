function instantiate(imports) {
function $even(_n_0) {
  var b;
  for (;;) {
    if (!_n_0) return 1;
    b = _n_0 - 1 | 0;
    if (!b) return 0;
    _n_0 = b - 1 | 0;
  }
}
function $through(_n_0) {
  return tail_run($$$through(_n_0, 0));
}
function $$$through(_n_0, c) {
  if (c > 8) return tail_call($$$through, [_n_0, 0]);
  var b;
  b = _n_0 & 1;
  return tail_target(t0_ids[b] === I0 ? t0_elems[b] : call_indirect_trap(t0, b))(_n_0 >>> 1 | 0, c + 1);
}
function f3(_n_0) {
  return $even(_n_0);
}
tail_entry($through, $$$through);
var r0 = [$through, $even];
func_refs(r0, [T0, T0]);
func_refs([$even, $through, f3], [T0, T0, T0], [0, 2, 1]);
const t0 = table_new("F", 2, 2, null);
const t0_elems = t0.elems, t0_ids = t0.ids;
var exports = Object.create(null);
export_func(exports, "even", $even);
export_func(exports, "through", $through);
export_func(exports, "plain", f3);
table_init(t0, r0, 0, 0, 2);
return {exports: Object.freeze(exports)};
}
export { instantiate };
