;; Imports are read in order; exported mutable globals are objects, others are variables.
(module
  (import "env" "log" (func $log (param i32 i64)))
  (import "env" "memory" (memory 1))
  (import "env" "limit" (global $limit i32))
  (import "env" "count" (global $count (mut i32)))
  (global $own (mut i64) (i64.const 5))
  (global $seen (export "seen") (mut f32) (f32.const 1.5))
  (global (export "answer") i32 (i32.const 42))
  (export "memory" (memory 0))
  (func (export "tell \"it\" </script>")
    (global.set $count (i32.add (global.get $count) (global.get $limit)))
    (global.set $own (i64.add (global.get $own) (i64.const 1)))
    (call $log (global.get $count) (global.get $own))))
