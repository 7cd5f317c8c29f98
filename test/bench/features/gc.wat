;; Programs on structures and arrays: what compilers of garbage-collected languages make. Each export repeats its work.
(module
  (type $node (struct (field $l (ref null $node)) (field $r (ref null $node))))
  (type $cell (struct (field $v (mut i32)) (field $n (mut (ref null $cell)))))
  (type $ints (array (mut i32)))
  (type $entry (struct (field $k i32) (field $v (mut i64)) (field $n (ref null $entry))))
  (type $table (array (mut (ref null $entry))))
  (type $bytes (array (mut i8)))

  (func $mk (param $d i32) (result (ref $node))
    (if (result (ref $node)) (i32.eqz (local.get $d))
      (then (struct.new $node (ref.null $node) (ref.null $node)))
      (else (struct.new $node (call $mk (i32.sub (local.get $d) (i32.const 1))) (call $mk (i32.sub (local.get $d) (i32.const 1)))))))
  (func $ck (param $n (ref null $node)) (result i32)
    (if (result i32) (ref.is_null (struct.get $node $l (local.get $n)))
      (then (i32.const 1))
      (else (i32.add (i32.const 1) (i32.add (call $ck (struct.get $node $l (local.get $n))) (call $ck (struct.get $node $r (local.get $n))))))))
  (func (export "binary-trees") (param $times i32) (result i32) (local $d i32) (local $s i32)
    (local.set $d (i32.const 14))
    (loop $l
      (local.set $s (i32.add (local.get $s) (call $ck (call $mk (local.get $d)))))
      (local.set $times (i32.sub (local.get $times) (i32.const 1)))
      (br_if $l (local.get $times)))
    (local.get $s))

  ;; merge sort of a linked list
  (func $split (param $l (ref null $cell)) (result (ref null $cell)) (local $slow (ref null $cell)) (local $fast (ref null $cell)) (local $m (ref null $cell))
    (local.set $slow (local.get $l)) (local.set $fast (struct.get $cell $n (local.get $l)))
    (block $out (loop $go
      (br_if $out (ref.is_null (local.get $fast)))
      (local.set $fast (struct.get $cell $n (local.get $fast)))
      (br_if $out (ref.is_null (local.get $fast)))
      (local.set $fast (struct.get $cell $n (local.get $fast)))
      (local.set $slow (struct.get $cell $n (local.get $slow)))
      (br $go)))
    (local.set $m (struct.get $cell $n (local.get $slow)))
    (struct.set $cell $n (local.get $slow) (ref.null $cell))
    (local.get $m))
  (func $merge (param $a (ref null $cell)) (param $b (ref null $cell)) (result (ref null $cell)) (local $h (ref $cell)) (local $t (ref $cell)) (local $x (ref null $cell))
    (local.set $h (struct.new $cell (i32.const 0) (ref.null $cell))) (local.set $t (local.get $h))
    (block $out (loop $go
      (br_if $out (ref.is_null (local.get $a))) (br_if $out (ref.is_null (local.get $b)))
      (if (i32.le_s (struct.get $cell $v (local.get $a)) (struct.get $cell $v (local.get $b)))
        (then (local.set $x (local.get $a)) (local.set $a (struct.get $cell $n (local.get $a))))
        (else (local.set $x (local.get $b)) (local.set $b (struct.get $cell $n (local.get $b)))))
      (struct.set $cell $n (local.get $t) (local.get $x)) (local.set $t (ref.as_non_null (local.get $x)))
      (br $go)))
    (struct.set $cell $n (local.get $t) (if (result (ref null $cell)) (ref.is_null (local.get $a)) (then (local.get $b)) (else (local.get $a))))
    (struct.get $cell $n (local.get $h)))
  (func $sort (param $l (ref null $cell)) (result (ref null $cell)) (local $m (ref null $cell))
    (if (ref.is_null (local.get $l)) (then (return (local.get $l))))
    (if (ref.is_null (struct.get $cell $n (local.get $l))) (then (return (local.get $l))))
    (local.set $m (call $split (local.get $l)))
    (call $merge (call $sort (local.get $l)) (call $sort (local.get $m))))
  (func (export "list-sort") (param $times i32) (result i32) (local $n i32) (local $l (ref null $cell)) (local $i i32) (local $s i32) (local $r i32)
    (local.set $n (i32.const 50000))
    (loop $again
      (local.set $l (ref.null $cell)) (local.set $i (local.get $n)) (local.set $r (i32.const 12345))
      (loop $fill
        (local.set $r (i32.add (i32.mul (local.get $r) (i32.const 1103515245)) (i32.const 12345)))
        (local.set $l (struct.new $cell (i32.shr_u (local.get $r) (i32.const 8)) (local.get $l)))
        (br_if $fill (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
      (local.set $l (call $sort (local.get $l)))
      (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 31)) (struct.get $cell $v (local.get $l))))
      (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (local.get $s))

  ;; hash map i32 -> i64
  (func (export "hash-map") (param $times i32) (result i32) (local $n i32) (local $t (ref $table)) (local $i i32) (local $h i32) (local $e (ref null $entry)) (local $s i64)
    (local.set $n (i32.const 20000))
    (local.set $t (array.new_default $table (i32.const 4096)))
    (loop $again
      (local.set $i (local.get $n))
      (loop $go
        (local.set $h (i32.and (i32.shr_u (i32.mul (local.get $i) (i32.const -1640531527)) (i32.const 10)) (i32.const 4095)))
        (local.set $e (array.get $table (local.get $t) (local.get $h)))
        (block $found (loop $find
          (if (ref.is_null (local.get $e)) (then
            (local.set $e (struct.new $entry (local.get $i) (i64.const 0) (array.get $table (local.get $t) (local.get $h))))
            (array.set $table (local.get $t) (local.get $h) (local.get $e)) (br $found)))
          (br_if $found (i32.eq (struct.get $entry $k (local.get $e)) (local.get $i)))
          (local.set $e (struct.get $entry $n (local.get $e))) (br $find)))
        (struct.set $entry $v (local.get $e) (i64.add (struct.get $entry $v (local.get $e)) (i64.extend_i32_s (local.get $i))))
        (local.set $s (i64.add (local.get $s) (struct.get $entry $v (local.get $e))))
        (br_if $go (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
      (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (i32.wrap_i64 (local.get $s)))

  ;; string builder: bytes doubled as they grow
  (func (export "string-builder") (param $times i32) (result i32) (local $n i32) (local $b (ref $bytes)) (local $c (ref $bytes)) (local $len i32) (local $i i32) (local $s i32)
    (local.set $n (i32.const 100000))
    (loop $again
      (local.set $b (array.new_default $bytes (i32.const 16))) (local.set $len (i32.const 0))
      (local.set $i (local.get $n))
      (loop $go
        (if (i32.eq (local.get $len) (array.len (local.get $b))) (then
          (local.set $c (array.new_default $bytes (i32.shl (local.get $len) (i32.const 1))))
          (array.copy $bytes $bytes (local.get $c) (i32.const 0) (local.get $b) (i32.const 0) (local.get $len))
          (local.set $b (local.get $c))))
        (array.set $bytes (local.get $b) (local.get $len) (i32.add (i32.const 97) (i32.rem_u (local.get $i) (i32.const 26))))
        (local.set $len (i32.add (local.get $len) (i32.const 1)))
        (br_if $go (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
      (local.set $i (i32.const 0))
      (loop $sum
        (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 31)) (array.get_u $bytes (local.get $b) (local.get $i))))
        (br_if $sum (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $len))))
      (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (local.get $s))

  ;; n queens with arrays
  (func $place (param $q (ref $ints)) (param $row i32) (param $n i32) (result i32) (local $c i32) (local $r i32) (local $s i32) (local $x i32)
    (if (i32.eq (local.get $row) (local.get $n)) (then (return (i32.const 1))))
    (loop $cols
      (block $bad
        (local.set $r (i32.const 0))
        (block $ok (loop $rows
          (br_if $ok (i32.ge_s (local.get $r) (local.get $row)))
          (local.set $x (array.get $ints (local.get $q) (local.get $r)))
          (br_if $bad (i32.eq (local.get $x) (local.get $c)))
          (br_if $bad (i32.eq (i32.sub (local.get $x) (local.get $c)) (i32.sub (local.get $row) (local.get $r))))
          (br_if $bad (i32.eq (i32.sub (local.get $c) (local.get $x)) (i32.sub (local.get $row) (local.get $r))))
          (local.set $r (i32.add (local.get $r) (i32.const 1)))
          (br $rows)))
        (array.set $ints (local.get $q) (local.get $row) (local.get $c))
        (local.set $s (i32.add (local.get $s) (call $place (local.get $q) (i32.add (local.get $row) (i32.const 1)) (local.get $n)))))
      (br_if $cols (i32.lt_s (local.tee $c (i32.add (local.get $c) (i32.const 1))) (local.get $n))))
    (local.get $s))
  (func (export "queens") (param $times i32) (result i32) (local $n i32) (local $s i32)
    (local.set $n (i32.const 8))
    (loop $l
      (local.set $s (i32.add (local.get $s) (call $place (array.new_default $ints (local.get $n)) (i32.const 0) (local.get $n))))
      (br_if $l (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (local.get $s)))
