function instantiate(imports) {
function f0(_x_0) {
  a: {
    b: {
      c: {
        d: {
          switch (_x_0) {
          case 0:
          case 4:
            break d;
          case 1:
          case 3:
            break c;
          case 2:
            break b;
          default:
            break a;
          }
        }
        return 100;
      }
      return 101;
    }
    return 102;
  }
  return -1;
}
func_refs([f0], [0], [T0]);
var exports = exports_new();
export_func(exports, "classify", f0);
return {exports: exports_done(exports)};
}
export { instantiate };
