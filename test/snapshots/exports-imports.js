var T1 = func_type("\u003e", (f) => () => {
  try {
    f();
  } catch (e) {
    throw trapped(e);
  }
}), T0 = func_type("iI\u003e", null, (f) => (a0, a1, a2) => {
  try {
    f(a0, i64_out(a1, a2));
  } catch (e) {
    throw foreign(e);
  }
});
function instantiate(imports) {
const $log = func_import(imports, "env", "log", T0);
const m0 = memory_import(imports, "env", "memory", 1, -1);
const G0 = global_import(imports, "env", "limit", "i", false, global_get, global_put_i), g0 = G0.v;
const G1 = global_import(imports, "env", "count", "i", true, global_get, global_put_i);
function f1() {
  var a, b;
  G1.v = G1.v + g0 | 0;
  a = g2 + 1 | 0;
  b = g2_1 + (a >>> 0 < 1 | 0) | 0;
  g2 = a;
  g2_1 = b;
  $log(G1.v, g2, g2_1);
}
func_refs([f1], [T1], [1]);
var g2 = 5, g2_1 = 0;
const G3 = global_new("f", true, 1.5, 0, global_get, global_put_f);
const g4 = 42, G4 = global_new("i", false, g4, 0, global_get);
var exports = Object.create(null);
export_global(exports, "seen", G3);
export_global(exports, "answer", G4);
export_memory(exports, "memory", m0);
export_func(exports, "tell \"it\" \u003c/script\u003e", f1);
return {exports: Object.freeze(exports)};
}
export { instantiate };
