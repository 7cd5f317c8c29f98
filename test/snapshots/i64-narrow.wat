;; i64 values that are zero-extended or of which only the low word is used: the high word disappears.
(module
  (memory 1)
  (func (export "hash") (param $p i32) (result i32)
    (local $h i64)
    (local.set $h (i64.load8_u (local.get $p)))
    (local.set $h (i64.mul (local.get $h) (i64.const 31)))
    (i32.wrap_i64 (i64.add (local.get $h) (i64.load32_u offset=4 (local.get $p))))))
