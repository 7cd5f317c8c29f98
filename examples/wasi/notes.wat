;; A command for WASI: adds a line to notes.txt in the folder that it is given, and prints all that is there.
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "notes.txt")
  (data (i32.const 80) "another note\n")

  ;; Ends the program with the number of an error.
  (func $check (param $errno i32)
    (if (local.get $errno) (then (call $exit (local.get $errno)))))

  ;; The vector at 0: an address and a length.
  (func $vector (param $at i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (local.get $length)))

  (func (export "_start")
    (local $fd i32)
    ;; In folder 3, made if it is not there (1); to be read (2), written (64) and sought in (4); appending (1).
    (call $check (call $open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 9)
      (i32.const 1) (i64.const 70) (i64.const 0) (i32.const 1) (i32.const 16)))
    (local.set $fd (i32.load (i32.const 16)))
    (call $vector (i32.const 80) (i32.const 13))
    (call $check (call $write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 16)))
    (call $check (call $seek (local.get $fd) (i64.const 0) (i32.const 0) (i32.const 24)))
    (call $vector (i32.const 1024) (i32.const 4096))
    (call $check (call $read (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 16)))
    (call $vector (i32.const 1024) (i32.load (i32.const 16)))
    (call $check (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))))
