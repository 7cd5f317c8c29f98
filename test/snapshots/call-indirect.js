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
var r0 = [$double, $square];
func_refs(r0, [T0, T0], [0, 1]);
func_refs([f2], [T1], [2]);
const t0 = table_new("F", 3, -1, null);
const t0_elems = t0.elems, t0_ids = t0.ids;
var exports = Object.create(null);
export_table(exports, "table", t0);
export_func(exports, "apply", f2);
table_init(t0, r0, 0, 0, 2);
return {exports: Object.freeze(exports)};
}
export { instantiate };
