;; Atomic instructions on a shared memory, one after the other, by one thread.
(module
  (memory 1 1 shared)
  (func (export "i32-load") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (i32.atomic.load (i32.and (i32.shl (local.get $n) (i32.const 2)) (i32.const 0xff8)))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  (func (export "i32-store") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (i32.atomic.store (i32.and (i32.shl (local.get $n) (i32.const 2)) (i32.const 0xff8)) (local.get $n))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  (func (export "i32-add") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (drop (i32.atomic.rmw.add (i32.and (i32.shl (local.get $n) (i32.const 2)) (i32.const 0xff8)) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  (func (export "i32-cmpxchg") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (i32.atomic.rmw.cmpxchg (i32.and (i32.shl (local.get $n) (i32.const 2)) (i32.const 0xff8)) (i32.const 0) (i32.const 0))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  (func (export "i64-load") (param $n i32) (result i32) (local $sum i64)
    (loop $again
      (local.set $sum (i64.add (local.get $sum) (i64.atomic.load (i32.and (i32.shl (local.get $n) (i32.const 3)) (i32.const 0xff8)))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.wrap_i64 (local.get $sum)))
  (func (export "i64-store") (param $n i32) (result i32) (local $sum i64)
    (loop $again
      (i64.atomic.store (i32.and (i32.shl (local.get $n) (i32.const 3)) (i32.const 0xff8)) (i64.extend_i32_u (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.wrap_i64 (local.get $sum)))
  (func (export "i64-add") (param $n i32) (result i32) (local $sum i64)
    (loop $again
      (drop (i64.atomic.rmw.add (i32.and (i32.shl (local.get $n) (i32.const 3)) (i32.const 0xff8)) (i64.extend_i32_u (local.get $n))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.wrap_i64 (local.get $sum)))
  (func (export "i64-cmpxchg") (param $n i32) (result i32) (local $sum i64)
    (loop $again
      (local.set $sum (i64.add (local.get $sum) (i64.atomic.rmw.cmpxchg (i32.and (i32.shl (local.get $n) (i32.const 3)) (i32.const 0xff8)) (i64.const 0) (i64.const 0))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.wrap_i64 (local.get $sum))))
