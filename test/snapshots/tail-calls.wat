;; Functions that tail-call each other by name are a loop; one whose tail calls may come back through a table is its body and a
;; driver; the others are called as ever.
(module
  (type $count (func (param i32) (result i32)))
  (table funcref (elem $through $even))
  (func $even (export "even") (type $count) (param $n i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (i32.const 1))))
    (return_call $odd (i32.sub (local.get $n) (i32.const 1))))
  (func $odd (param $n i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (i32.const 0))))
    (return_call $even (i32.sub (local.get $n) (i32.const 1))))
  (func $through (export "through") (type $count) (param $n i32) (result i32)
    (return_call_indirect (type $count) (i32.shr_u (local.get $n) (i32.const 1)) (i32.and (local.get $n) (i32.const 1))))
  (func (export "plain") (param $n i32) (result i32) (call $even (local.get $n))))
