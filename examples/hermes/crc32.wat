(module
  (memory (export "memory") 1)

  ;; The CRC-32 of bytes in the memory, as gzip and PNG have it.
  (func (export "crc32") (param $at i32) (param $length i32) (result i32)
    (local $crc i32) (local $bit i32) (local $end i32)
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (local.set $crc (i32.const -1))
    (block $done
      (loop $bytes
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $crc (i32.xor (local.get $crc) (i32.load8_u (local.get $at))))
        (local.set $bit (i32.const 8))
        (loop $bits
          (local.set $crc (i32.xor
            (i32.shr_u (local.get $crc) (i32.const 1))
            (i32.and (i32.const 0xedb88320) (i32.sub (i32.const 0) (i32.and (local.get $crc) (i32.const 1))))))
          (br_if $bits (local.tee $bit (i32.sub (local.get $bit) (i32.const 1)))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $bytes)))
    (i32.xor (local.get $crc) (i32.const -1))))
