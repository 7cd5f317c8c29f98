(module
  (import "env" "memory" (memory 1))
  (import "env" "table" (table 8 funcref))
  (import "env" "__memory_base" (global $memory i32))
  (import "env" "__table_base" (global $table i32))
  (import "main" "sum" (func $sum (param i32) (result f64)))
  (data (global.get $memory) "\00\00\00\00\00\00\04\40") ;; 2.5
  (elem (global.get $table) func $square $scale)

  (func $square (param $x f64) (result f64) (f64.mul (local.get $x) (local.get $x)))

  ;; By the factor in the library's own data.
  (func $scale (param $x f64) (result f64) (f64.mul (local.get $x) (f64.load (global.get $memory))))

  (func (export "mean") (param $count i32) (result f64)
    (f64.div (call $sum (local.get $count)) (f64.convert_i32_u (local.get $count)))))
