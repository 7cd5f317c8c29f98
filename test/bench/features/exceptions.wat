;; Exceptions: thrown and caught by the caller, through ten frames, and not thrown at all.
(module
  (tag $t (param i32))
  (global $calls (mut i32) (i32.const 0))

  ;; A function with a loop is not inlined.
  (func $throws (param $x i32)
    (loop $l
      (if (i32.eqz (i32.and (local.get $x) (i32.const 0x40000000))) (then (throw $t (local.get $x))))
      (local.set $x (i32.shr_u (local.get $x) (i32.const 1)))
      (br $l)))

  (func $count (param $x i32) (result i32)
    (loop $l
      (local.set $x (i32.add (local.get $x) (i32.const 7)))
      (br_if $l (i32.and (local.get $x) (i32.const 3))))
    (local.get $x))

  (func $deep (param $frames i32) (param $x i32) (result i32)
    (if (i32.eqz (local.get $frames)) (then (call $throws (local.get $x))))
    (i32.add (call $deep (i32.sub (local.get $frames) (i32.const 1)) (local.get $x)) (i32.const 1)))

  (func (export "throw") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum)
        (block $caught (result i32)
          (try_table (catch $t $caught) (call $throws (i32.and (local.get $n) (i32.const 0xff))))
          (i32.const 0))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))

  (func (export "throw-ten-frames") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum)
        (block $caught (result i32)
          (try_table (result i32) (catch $t $caught) (call $deep (i32.const 9) (i32.and (local.get $n) (i32.const 0xff)))))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))

  (func (export "try-nothing-thrown") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum)
        (block $caught (result i32)
          (try_table (result i32) (catch $t $caught) (call $count (local.get $n))))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))

  (func (export "no-try") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $count (local.get $n))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
