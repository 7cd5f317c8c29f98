function instantiate(imports) {
function f0(_x_0) {
  switch (_x_0) {
  case 0:
  case 4:
    return 100;
  case 1:
  case 3:
    return 101;
  case 2:
    return 102;
  default:
    return -1;
  }
}
func_refs([f0], [T0], [0]);
var exports = Object.create(null);
export_func(exports, "classify", f0);
return {exports: Object.freeze(exports)};
}
export { instantiate };
