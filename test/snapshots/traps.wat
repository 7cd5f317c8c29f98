;; `unreachable`, and code behind it that leaves nothing.
(module
  (func (export "never") (param $x i32) (result i32)
    (if (local.get $x) (then (unreachable) (drop (i32.add (i32.const 1) (i32.const 2)))))
    (return (i32.const 1))
    (i32.const 2)))
