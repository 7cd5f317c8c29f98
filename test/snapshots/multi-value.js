var T0 = func_type("ii\u003eii", (f) => (p0, p1) => {
  var a0 = p0 | 0, a1 = p1 | 0;
  try {
    var r = f(a0, a1);
    return [r, ri[0]];
  } catch (e) {
    throw trapped(e);
  }
}), T1 = func_type("i\u003ei", (f) => (p0) => {
  var a0 = p0 | 0;
  try {
    return f(a0);
  } catch (e) {
    throw trapped(e);
  }
}), T2 = func_type("d\u003edIf", (f) => (p0) => {
  var a0 = +p0;
  try {
    var r = f(a0);
    return [r, i64_out(ri[0], ri[1]), rf[2]];
  } catch (e) {
    throw trapped(e);
  }
});
function instantiate(imports) {
function $divmod(_x_0, _y_1) {
  var c, d;
  c = i32_div_u(_x_0, _y_1);
  d = i32_rem_u(_x_0, _y_1);
  ri[0] = d;
  return c;
}
function f1(_x_0) {
  var b, c;
  b = (_x_0 >>> 0) / 10 | 0;
  c = (_x_0 >>> 0) % 10 | 0;
  return b - c | 0;
}
function f2(_x_0) {
  ri[0] = -2;
  ri[1] = -1;
  rf[2] = .5;
  return _x_0;
}
function f3(_x_0) {
  var b;
  b = _x_0;
  b = imul(b, 2);
  if (!_x_0) b = 9;
  return b;
}
func_refs([$divmod, f1, f2, f3], [T0, T1, T2, T1], [0, 1, 1, 1]);
var exports = Object.create(null);
export_func(exports, "divmod", $divmod);
export_func(exports, "use", f1);
export_func(exports, "mixed", f2);
export_func(exports, "block", f3);
return {exports: Object.freeze(exports)};
}
export { instantiate };
