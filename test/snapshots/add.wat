;; The smallest function: operands come raw, one `| 0` for the sum.
(module
  (func (export "add") (param $x i32) (param $y i32) (result i32)
    (i32.add (local.get $x) (local.get $y)))
  (func (export "sum") (param $a i32) (param $b i32) (param $c i32) (result i32)
    (i32.sub (i32.add (i32.add (local.get $a) (local.get $b)) (local.get $c)) (i32.const -7))))
