;; Tail calls: of the function itself, of another one and back, through a table, through a reference; and plain calls of a
;; function that makes tail calls, and of the same one without.
(module
  (type $step (func (param i32 i32) (result i32)))
  (table funcref (elem $table_a $table_b $table_c $end))
  (elem declare func $ref_a $ref_b $end)

  (func $self (param $n i32) (param $sum i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (local.get $sum))))
    (return_call $self (i32.sub (local.get $n) (i32.const 1)) (i32.xor (i32.add (local.get $sum) (local.get $n)) (i32.const 5))))
  (func (export "self") (param $n i32) (result i32) (call $self (local.get $n) (i32.const 0)))

  (func $even (param $n i32) (param $sum i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (local.get $sum))))
    (return_call $odd (i32.sub (local.get $n) (i32.const 1)) (i32.add (local.get $sum) (local.get $n))))
  (func $odd (param $n i32) (param $sum i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (i32.sub (i32.const 0) (local.get $sum)))))
    (return_call $even (i32.sub (local.get $n) (i32.const 1)) (i32.xor (local.get $sum) (local.get $n))))
  ;; Ends in both functions, as chains in programs do.
  (func (export "mutual") (param $n i32) (result i32)
    (i32.add
      (call $even (i32.shr_u (local.get $n) (i32.const 1)) (i32.const 0))
      (call $even (i32.add (i32.shr_u (local.get $n) (i32.const 1)) (i32.const 1)) (i32.const 0))))

  (func $end (param i32 i32) (result i32) (local.get 1))
  (func $next (param $n i32) (param $to i32) (result i32)
    (select (local.get $to) (i32.const 3) (local.get $n)))
  (func $table_a (param $n i32) (param $sum i32) (result i32)
    (return_call_indirect (type $step) (i32.sub (local.get $n) (i32.const 1)) (i32.add (local.get $sum) (local.get $n))
      (call $next (local.get $n) (i32.const 1))))
  (func $table_b (param $n i32) (param $sum i32) (result i32)
    (return_call_indirect (type $step) (i32.sub (local.get $n) (i32.const 1)) (i32.xor (local.get $sum) (local.get $n))
      (call $next (local.get $n) (i32.const 2))))
  (func $table_c (param $n i32) (param $sum i32) (result i32)
    (return_call_indirect (type $step) (i32.sub (local.get $n) (i32.const 1)) (i32.sub (local.get $sum) (local.get $n))
      (call $next (local.get $n) (i32.const 0))))
  (func (export "indirect") (param $n i32) (result i32) (call $table_a (local.get $n) (i32.const 0)))

  (func $ref_a (param $n i32) (param $sum i32) (result i32)
    (return_call_ref $step (i32.sub (local.get $n) (i32.const 1)) (i32.add (local.get $sum) (local.get $n))
      (select (result (ref $step)) (ref.func $ref_b) (ref.func $end) (local.get $n))))
  (func $ref_b (param $n i32) (param $sum i32) (result i32)
    (return_call_ref $step (i32.sub (local.get $n) (i32.const 1)) (i32.xor (local.get $sum) (local.get $n))
      (select (result (ref $step)) (ref.func $ref_a) (ref.func $end) (local.get $n))))
  (func (export "reference") (param $n i32) (result i32) (call $ref_a (local.get $n) (i32.const 0)))

  (func $calls (param $x i32) (result i32) (local $y i32)
    (local.set $y (i32.const 1))
    (loop $l
      (local.set $y (i32.add (local.get $y) (i32.const 3)))
      (br_if $l (i32.and (local.get $y) (i32.const 2))))
    (if (i32.eq (local.get $x) (i32.const -1)) (then (return (call $even (local.get $x) (local.get $y)))))
    (i32.add (local.get $x) (local.get $y)))
  (func $tail_calls (param $x i32) (result i32) (local $y i32)
    (local.set $y (i32.const 1))
    (loop $l
      (local.set $y (i32.add (local.get $y) (i32.const 3)))
      (br_if $l (i32.and (local.get $y) (i32.const 2))))
    (if (i32.eq (local.get $x) (i32.const -1)) (then (return_call $even (local.get $x) (local.get $y))))
    (i32.add (local.get $x) (local.get $y)))
  (func (export "plain-call") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $calls (local.get $n))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  (func (export "plain-call-of-tail-caller") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $tail_calls (local.get $n))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
