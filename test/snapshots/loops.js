function instantiate(imports) {
function f0(_n_0) {
  var _r_1;
  _r_1 = 1;
  for (; _n_0 > 1;) {
    _r_1 = imul(_r_1, _n_0);
    _n_0 = _n_0 - 1 | 0;
  }
  return _r_1;
}
function f1(_n_0) {
  var _j_2, _count_3 = 0, _i_1 = 0;
  do {
    _j_2 = 0;
    do {
      _count_3 = _count_3 + 1 | 0;
      _j_2 = _j_2 + 1 | 0;
    } while (_j_2 >>> 0 < _i_1 >>> 0);
    _i_1 = _i_1 + 1 | 0;
  } while (_i_1 >>> 0 < _n_0 >>> 0);
  return _count_3;
}
func_refs([f0, f1], [T0, T0], [0, 1]);
var exports = Object.create(null);
export_func(exports, "factorial", f0);
export_func(exports, "nested", f1);
return {exports: Object.freeze(exports)};
}
export { instantiate };
