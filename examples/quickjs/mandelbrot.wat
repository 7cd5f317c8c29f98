(module
  (memory (export "memory") 1)
  (data (i32.const 0x8000) " .:-=+*#%@")

  ;; How many rounds, at most $limit, the point x + iy stays near under z -> z * z + x + iy.
  (func $rounds (param $x f64) (param $y f64) (param $limit i32) (result i32)
    (local $re f64) (local $im f64) (local $next f64) (local $i i32)
    (loop $more
      (local.set $next (f64.add (local.get $x)
        (f64.sub (f64.mul (local.get $re) (local.get $re)) (f64.mul (local.get $im) (local.get $im)))))
      (local.set $im (f64.add (local.get $y) (f64.mul (f64.const 2) (f64.mul (local.get $re) (local.get $im)))))
      (local.set $re (local.get $next))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $more (i32.and
        (i32.lt_u (local.get $i) (local.get $limit))
        (f64.lt
          (f64.add (f64.mul (local.get $re) (local.get $re)) (f64.mul (local.get $im) (local.get $im)))
          (f64.const 4)))))
    (local.get $i))

  ;; Writes the picture as text, line by line, to the start of the memory; its length in bytes.
  (func (export "draw") (param $width i32) (param $height i32) (result i32)
    (local $row i32) (local $column i32) (local $at i32)
    (loop $rows
      (local.set $column (i32.const 0))
      (loop $columns
        (i32.store8 (local.get $at) (i32.load8_u offset=0x8000 (i32.div_u
          (call $rounds
            (f64.sub (f64.div (f64.mul (f64.const 3) (f64.convert_i32_u (local.get $column)))
                              (f64.convert_i32_u (local.get $width))) (f64.const 2.25))
            (f64.sub (f64.div (f64.mul (f64.const 2.5) (f64.convert_i32_u (local.get $row)))
                              (f64.convert_i32_u (local.get $height))) (f64.const 1.25))
            (i32.const 99))
          (i32.const 10))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br_if $columns (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 1))) (local.get $width))))
      (i32.store8 (local.get $at) (i32.const 10))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $rows (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 1))) (local.get $height))))
    (local.get $at)))
