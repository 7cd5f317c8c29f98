(module
  (type $unary (func (param f64) (result f64)))
  (memory (export "memory") 1)
  (table (export "table") 8 8 funcref)

  ;; Sets the first $count numbers of the memory to 0, 1, 2, ...
  (func (export "fill") (param $count i32)
    (local $i i32)
    (loop $next
      (f64.store (i32.mul (local.get $i) (i32.const 8)) (f64.convert_i32_u (local.get $i)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count)))))

  ;; Applies the function in a slot of the table to each.
  (func (export "apply") (param $slot i32) (param $count i32)
    (local $at i32)
    (loop $next
      (f64.store (local.get $at) (call_indirect (type $unary) (f64.load (local.get $at)) (local.get $slot)))
      (br_if $next (i32.lt_u
        (local.tee $at (i32.add (local.get $at) (i32.const 8)))
        (i32.mul (local.get $count) (i32.const 8))))))

  (func (export "sum") (param $count i32) (result f64)
    (local $total f64)
    (loop $next
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (local.set $total (f64.add (local.get $total) (f64.load (i32.mul (local.get $count) (i32.const 8)))))
      (br_if $next (local.get $count)))
    (local.get $total)))
