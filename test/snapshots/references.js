function instantiate(imports) {
function $f() {
  return 1;
}
function f1() {
  return $f;
}
function f2(_i_0, _v_1) {
  var c;
  c = table_get(t0, _i_0);
  table_set(t0, _i_0, _v_1);
  return c;
}
function f3(_i_0) {
  return table_get(t0, _i_0) === null | 0;
}
func_refs([$f, f1, f2, f3], [T0, T1, T2, T3], [0, 1, 1, 1]);
const t0 = table_new("x", 2, -1, null);
var exports = Object.create(null);
export_table(exports, "t", t0);
export_func(exports, "f", $f);
export_func(exports, "ref", f1);
export_func(exports, "swap", f2);
export_func(exports, "empty", f3);
return {exports: Object.freeze(exports)};
}
export { instantiate };
