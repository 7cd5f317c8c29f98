function instantiate(imports) {
function $double(a) {
  return a << 1;
}
function $square(a) {
  return imul(a, a);
}
function f2(_f_0, _x_1) {
  var c;
  switch (_f_0) {
  case 0:
    c = $double(_x_1) | 0;
    break;
  case 1:
    c = $square(_x_1) | 0;
    break;
  default:
    call_indirect_trap(t0, _f_0);
    throw unreachable();
  }
  return c;
}
var r0 = [$double, $square];
func_refs(r0, [T0, T0]);
func_refs([f2], [T1], [2]);
const t0 = table_new("F", 3, -1, null);
var exports = Object.create(null);
export_func(exports, "apply", f2);
table_init(t0, r0, 0, 0, 2);
return {exports: Object.freeze(exports)};
}
export { instantiate };
