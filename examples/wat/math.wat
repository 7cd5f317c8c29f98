(module
  (import "console" "log" (func $log (param i32 i64)))

  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))

  (func $fib (export "fib") (param $n i32) (result i32)
    (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else (i32.add
        (call $fib (i32.sub (local.get $n) (i32.const 1)))
        (call $fib (i32.sub (local.get $n) (i32.const 2)))))))

  ;; Logs each factorial up to that of $n.
  (func (export "factorials") (param $n i32)
    (local $i i32) (local $product i64)
    (local.set $product (i64.const 1))
    (loop $next
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (local.set $product (i64.mul (local.get $product) (i64.extend_i32_u (local.get $i))))
      (call $log (local.get $i) (local.get $product))
      (br_if $next (i32.lt_u (local.get $i) (local.get $n)))))

  (func (export "divide") (param i32 i32) (result i32 i32)
    (i32.div_s (local.get 0) (local.get 1))
    (i32.rem_s (local.get 0) (local.get 1))))
