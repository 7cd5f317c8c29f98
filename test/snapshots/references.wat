;; References are raw functions or any JavaScript value; tables are read and written by the runtime.
(module
  (table $t (export "t") 2 externref)
  (elem declare func $f)
  (func $f (export "f") (result i32) (i32.const 1))
  (func (export "ref") (result funcref) (ref.func $f))
  (func (export "swap") (param $i i32) (param $v externref) (result externref)
    (table.get $t (local.get $i))
    (table.set $t (local.get $i) (local.get $v)))
  (func (export "empty") (param $i i32) (result i32) (ref.is_null (table.get $t (local.get $i)))))
