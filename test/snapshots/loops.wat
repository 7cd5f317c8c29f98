;; Loops: a label and `for (;;)`, a break where the body ends.
(module
  (func (export "factorial") (param $n i32) (result i32)
    (local $r i32)
    (local.set $r (i32.const 1))
    (block $done
      (loop $next
        (br_if $done (i32.le_s (local.get $n) (i32.const 1)))
        (local.set $r (i32.mul (local.get $r) (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $next)))
    (local.get $r))
  (func (export "nested") (param $n i32) (result i32)
    (local $i i32) (local $j i32) (local $count i32)
    (loop $rows
      (local.set $j (i32.const 0))
      (loop $columns
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br_if $columns (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 1))) (local.get $i))))
      (br_if $rows (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $count)))
