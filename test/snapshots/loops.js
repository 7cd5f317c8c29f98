function instantiate(imports) {
function f0(_n_0) {
  var _r_1 = 0;
  _r_1 = 1;
  a: {
    b: for (;;) {
      if (_n_0 <= 1) break a;
      _r_1 = imul(_r_1, _n_0);
      _n_0 = _n_0 - 1 | 0;
      continue b;
    }
  }
  return _r_1;
}
function f1(_n_0) {
  var _i_1 = 0, _j_2 = 0, _count_3 = 0;
  a: for (;;) {
    _j_2 = 0;
    b: for (;;) {
      _count_3 = _count_3 + 1 | 0;
      _j_2 = _j_2 + 1 | 0;
      if (_j_2 >>> 0 < _i_1 >>> 0) continue b;
      break;
    }
    _i_1 = _i_1 + 1 | 0;
    if (_i_1 >>> 0 < _n_0 >>> 0) continue a;
    break;
  }
  return _count_3;
}
func_refs([f0, f1], [0, 1], [T0, T0]);
var exports = exports_new();
export_func(exports, "factorial", f0);
export_func(exports, "nested", f1);
return {exports: exports_done(exports)};
}
export { instantiate };
