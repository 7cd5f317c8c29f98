;; An i64 is a low and a high word: arithmetic, constants, comparisons, shifts, and BigInt at the boundary only.
(module
  (func (export "add") (param $x i64) (param $y i64) (result i64) (i64.add (local.get $x) (local.get $y)))
  (func (export "sub") (param $x i64) (param $y i64) (result i64) (i64.sub (local.get $x) (local.get $y)))
  (func (export "step") (param $x i64) (result i64) (i64.add (local.get $x) (i64.const 1)))
  (func (export "less") (param $x i64) (param $y i64) (result i32) (i64.lt_s (local.get $x) (local.get $y)))
  (func (export "negative") (param $x i64) (result i32) (i64.lt_s (local.get $x) (i64.const 0)))
  (func (export "shift") (param $x i64) (result i64) (i64.shr_u (i64.shl (local.get $x) (i64.const 5)) (i64.const 40)))
  (func (export "rotate") (param $x i64) (result i64) (i64.rotl (local.get $x) (i64.const 13)))
  (func (export "product") (param $x i64) (param $y i64) (result i64) (i64.mul (local.get $x) (local.get $y))))
