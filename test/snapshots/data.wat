;; Active data segments, at constant offsets and at an imported one.
(module
  (import "env" "base" (global $base i32))
  (memory 1)
  (data (i32.const 16) "Hello")
  (data (i32.const 1024) "\00\ff\7f\80")
  (data (global.get $base) "at base")
  (func (export "first") (result i32) (i32.load8_u (i32.const 16))))
