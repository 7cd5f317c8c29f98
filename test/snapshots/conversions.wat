;; Numbers into numbers: expressions where one will do, else functions that trap or saturate.
(module
  (func (export "trunc") (param $x f64) (result i32) (i32.trunc_f64_s (local.get $x)))
  (func (export "saturate") (param $x f32) (result i32) (i32.trunc_sat_f32_u (local.get $x)))
  (func (export "unsigned") (param $x i32) (result f64) (f64.convert_i32_u (local.get $x)))
  (func (export "long") (param $x i64) (result f64) (f64.convert_i64_s (local.get $x)))
  (func (export "single") (param $x i64) (result f32) (f32.convert_i64_u (local.get $x)))
  (func (export "round") (param $x f64) (result f32) (f32.mul (f32.demote_f64 (local.get $x)) (f32.const 0.1)))
  (func (export "extend") (param $x i32) (result i32) (i32.extend8_s (local.get $x))))
