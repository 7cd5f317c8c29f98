function instantiate(imports) {
function $double(a) {
  return a << 1;
}
function $square(a) {
  return imul(a, a);
}
function f2(_f_0, _x_1) {
  return (t0_ids[_f_0] === I0 ? t0_elems[_f_0] : call_indirect_trap(t0, _f_0))(_x_1);
}
func_refs([$double, $square, f2], [0, 1, 1], [T0, T0, T1]);
var t0 = table_new("F", 3, -1, null);
var t0_elems = t0.elems, t0_ids = t0.ids;
var exports = exports_new();
export_func(exports, "apply", f2);
table_init(t0, [$double, $square], 0, 0, 2);
return {exports: exports_done(exports)};
}
export { instantiate };
