;; `call_indirect` compares canonical type ids, then calls; null has an id that no type has.
(module
  (type $unary (func (param i32) (result i32)))
  (table $t (export "table") 3 funcref)
  (elem (i32.const 0) $double $square)
  (func $double (param i32) (result i32) (i32.shl (local.get 0) (i32.const 1)))
  (func $square (param i32) (result i32) (i32.mul (local.get 0) (local.get 0)))
  (func (export "apply") (param $f i32) (param $x i32) (result i32)
    (call_indirect (type $unary) (local.get $x) (local.get $f))))
