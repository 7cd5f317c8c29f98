;; Conway's Game of Life on a torus of 64 by 64 cells, a byte each: now at 0, next at 4096.
(module
  (memory (export "memory") 1)

  (func $alive (param $x i32) (param $y i32) (result i32)
    (i32.load8_u (i32.add
      (i32.and (local.get $x) (i32.const 63))
      (i32.shl (i32.and (local.get $y) (i32.const 63)) (i32.const 6)))))

  (func $neighbours (param $x i32) (param $y i32) (result i32)
    (local $dx i32) (local $dy i32) (local $sum i32)
    (local.set $sum (i32.sub (i32.const 0) (call $alive (local.get $x) (local.get $y))))
    (local.set $dy (i32.const -1))
    (loop $rows
      (local.set $dx (i32.const -1))
      (loop $columns
        (local.set $sum (i32.add (local.get $sum) (call $alive
          (i32.add (local.get $x) (local.get $dx))
          (i32.add (local.get $y) (local.get $dy)))))
        (local.set $dx (i32.add (local.get $dx) (i32.const 1)))
        (br_if $columns (i32.le_s (local.get $dx) (i32.const 1))))
      (local.set $dy (i32.add (local.get $dy) (i32.const 1)))
      (br_if $rows (i32.le_s (local.get $dy) (i32.const 1))))
    (local.get $sum))

  (func (export "step")
    (local $cell i32) (local $count i32)
    (loop $cells
      (local.set $count (call $neighbours
        (i32.and (local.get $cell) (i32.const 63))
        (i32.shr_u (local.get $cell) (i32.const 6))))
      ;; Alive next: three neighbours, or two and alive now.
      (i32.store8 offset=4096 (local.get $cell) (i32.eq (i32.const 3)
        (i32.or (local.get $count) (i32.load8_u (local.get $cell)))))
      (local.set $cell (i32.add (local.get $cell) (i32.const 1)))
      (br_if $cells (i32.lt_u (local.get $cell) (i32.const 4096))))
    (memory.copy (i32.const 0) (i32.const 4096) (i32.const 4096))))
