;; Growth, size, bulk operations and a passive data segment are calls of the runtime.
(module
  (memory 1 4)
  (data $d "\01\02\03")
  (func (export "grow") (param $n i32) (result i32)
    (i32.add (memory.grow (local.get $n)) (memory.size)))
  (func (export "bulk") (param $to i32) (param $from i32) (param $n i32)
    (memory.copy (local.get $to) (local.get $from) (local.get $n))
    (memory.fill (local.get $to) (i32.const 7) (local.get $n))
    (memory.init $d (i32.const 8) (i32.const 0) (i32.const 3))
    (data.drop $d)))
