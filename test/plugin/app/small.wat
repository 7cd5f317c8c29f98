(module
  (import "./host.js" "log" (func $log (param i32)))
  (global $count (export "count") (mut i32) (i32.const 0))
  (global (export "answer") i32 (i32.const 42))
  (memory (export "memory") 1)
  (func (export "add") (param i32 i32) (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (call $log (i32.add (local.get 0) (local.get 1)))
    (i32.add (local.get 0) (local.get 1))))
