;; Who looks at the bits of a NaN pays for them: moves, reinterpretations, signs. Arithmetic does not.
(module
  (memory 1)
  (func (export "move") (param $to i32) (param $from i32)
    (f32.store (local.get $to) (f32.load (local.get $from))))
  (func (export "keep") (param $p i32) (result f32) (f32.load (local.get $p)))
  (func (export "compute") (param $p i32) (result f32)
    (f32.add (f32.load (local.get $p)) (f32.load offset=4 (local.get $p))))
  (func (export "bits") (param $x f32) (result i32) (i32.reinterpret_f32 (f32.neg (local.get $x))))
  (func (export "negate") (param $x f64) (param $y f64) (result f64) (f64.sub (f64.neg (local.get $x)) (local.get $y)))
  (func (export "constant") (result f32) (f32.const nan:0x200001))
  (func (export "zero") (result f64) (f64.const -0)))
