;; Two threads: one wakes the other and waits until that has woken it.
(module
  (import "env" "memory" (memory 1 1 shared))
  (func $pass (param $from i32) (param $to i32)
    (i32.atomic.store (i32.const 0) (local.get $to))
    (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
    (loop $wait
      (if (i32.eq (i32.atomic.load (i32.const 0)) (local.get $to)) (then
        (drop (memory.atomic.wait32 (i32.const 0) (local.get $to) (i64.const -1)))
        (br $wait)))))
  ;; Passes the word n times, and gives how often it came back.
  (func (export "run") (param $n i32) (result i32) (local $rounds i32)
    (loop $again
      (call $pass (i32.const 0) (i32.const 1))
      (local.set $rounds (i32.add (local.get $rounds) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $rounds) (local.get $n))))
    (local.get $rounds))
  ;; Gives it back for ever.
  (func (export "answer")
    (loop $wait
      (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))
      (br_if $wait (i32.eqz (i32.atomic.load (i32.const 0)))))
    (loop $again (call $pass (i32.const 1) (i32.const 0)) (br $again))))
