;; `if` with and without results, with a branch out of it; conditions need no number.
(module
  (func (export "max") (param $x i32) (param $y i32) (result i32)
    (if (result i32) (i32.gt_s (local.get $x) (local.get $y))
      (then (local.get $x))
      (else (local.get $y))))
  (func (export "clamp") (param $x i32) (result i32)
    (if (i32.lt_s (local.get $x) (i32.const 0)) (then (local.set $x (i32.const 0))))
    (if $big (i32.eqz (i32.gt_u (local.get $x) (i32.const 255)))
      (then (br_if $big (local.get $x)) (local.set $x (i32.const 1)))
      (else (local.set $x (i32.const 255))))
    (local.get $x))
  (func (export "choose") (param $c i32) (param $x f64) (param $y f64) (result f64)
    (select (local.get $x) (local.get $y) (local.get $c))))
