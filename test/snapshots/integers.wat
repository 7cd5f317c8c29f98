;; Division traps unless the divisor is a constant; rotates, shifts and comparisons are expressions.
(module
  (func (export "divide") (param $x i32) (param $y i32) (result i32) (i32.div_s (local.get $x) (local.get $y)))
  (func (export "tenth") (param $x i32) (result i32) (i32.div_u (local.get $x) (i32.const 10)))
  (func (export "mod") (param $x i32) (result i32) (i32.rem_s (local.get $x) (i32.const 7)))
  (func (export "rotate") (param $x i32) (param $n i32) (result i32)
    (i32.xor (i32.rotl (local.get $x) (i32.const 7)) (i32.rotr (local.get $x) (local.get $n))))
  (func (export "compare") (param $x i32) (param $y i32) (result i32)
    (i32.add (i32.lt_u (local.get $x) (local.get $y)) (i32.eqz (local.get $x))))
  (func (export "count") (param $x i32) (result i32)
    (i32.add (i32.clz (local.get $x)) (i32.add (i32.ctz (local.get $x)) (i32.popcnt (local.get $x)))))
  (func (export "constants") (param $x i32) (result i32)
    (i32.and (i32.add (local.get $x) (i32.const 0)) (i32.sub (i32.const 3) (i32.const 4)))))
