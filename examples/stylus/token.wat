;; A token. Calldata and storage are laid out as Solidity has them: a selector of 4 bytes, then arguments of 32; slot 0 is the
;; total supply, and the balance of an account is at keccak256(account . 1). Numbers are big-endian.
(module
  (import "vm_hooks" "read_args" (func $read_args (param i32)))
  (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
  (import "vm_hooks" "storage_load_bytes32" (func $load (param i32 i32)))
  (import "vm_hooks" "storage_cache_bytes32" (func $cache (param i32 i32)))
  (import "vm_hooks" "storage_flush_cache" (func $flush (param i32)))
  (import "vm_hooks" "pay_for_memory_grow" (func $pay_for_memory_grow (param i32)))
  (import "vm_hooks" "msg_sender" (func $msg_sender (param i32)))
  (import "vm_hooks" "native_keccak256" (func $keccak256 (param i32 i32 i32)))
  (import "vm_hooks" "emit_log" (func $emit_log (param i32 i32 i32)))

  (memory (export "memory") 1)
  ;;   0: zeroes, which are the key of the total supply, too     64: the caller, 32 bytes    96: a key       128: a number
  ;; 160: an account and the number of the slot, to be hashed   256: a log: Transfer, from, to, amount    512: calldata
  (data (i32.const 191) "\00")
  (data (i32.const 223) "\01")
  (data (i32.const 256) "\dd\f2\52\ad\1b\e2\c8\9b\69\c2\b0\68\fc\37\8d\aa\95\2b\a7\f1\63\c4\a1\16\28\f5\5a\4d\f5\23\b3\ef")

  ;; This is how the SDK makes it known that a contract uses memory.
  (func (export "mark_used") (call $pay_for_memory_grow (i32.const 0)))

  ;; a += b or a -= b, 32 bytes each: what is carried out of the first byte.
  (func $add (param $a i32) (param $b i32) (param $sign i32) (result i32)
    (local $i i32) (local $sum i32)
    (local.set $i (i32.const 32))
    (loop $next
      (local.set $i (i32.sub (local.get $i) (i32.const 1)))
      (local.set $sum (i32.add
        (i32.add (local.get $sum) (i32.load8_u (i32.add (local.get $a) (local.get $i))))
        (i32.mul (local.get $sign) (i32.load8_u (i32.add (local.get $b) (local.get $i))))))
      (i32.store8 (i32.add (local.get $a) (local.get $i)) (local.get $sum))
      (local.set $sum (i32.shr_s (local.get $sum) (i32.const 8)))
      (br_if $next (local.get $i)))
    (local.get $sum))

  ;; The key of an account's balance, at 96.
  (func $key (param $account i32)
    (memory.copy (i32.const 160) (local.get $account) (i32.const 32))
    (call $keccak256 (i32.const 160) (i32.const 64) (i32.const 96)))

  ;; Adds the amount to what is stored under a key, or subtracts it: 0 if the result fits.
  (func $change (param $key i32) (param $amount i32) (param $sign i32) (result i32)
    (local $carry i32)
    (call $load (local.get $key) (i32.const 128))
    (local.set $carry (call $add (i32.const 128) (local.get $amount) (local.get $sign)))
    (call $cache (local.get $key) (i32.const 128))
    (local.get $carry))

  (func $changeBalance (param $account i32) (param $amount i32) (param $sign i32) (result i32)
    (call $key (local.get $account))
    (call $change (i32.const 96) (local.get $amount) (local.get $sign)))

  (func $log (param $from i32) (param $to i32) (param $amount i32)
    (memory.copy (i32.const 288) (local.get $from) (i32.const 32))
    (memory.copy (i32.const 320) (local.get $to) (i32.const 32))
    (memory.copy (i32.const 352) (local.get $amount) (i32.const 32))
    (call $emit_log (i32.const 256) (i32.const 128) (i32.const 3)))

  ;; What is stored under a key is the result.
  (func $answer (param $key i32) (result i32)
    (call $load (local.get $key) (i32.const 128))
    (call $write_result (i32.const 128) (i32.const 32))
    (i32.const 0))

  ;; Runs one call: 0 if it is done, 1 to revert it.
  (func (export "user_entrypoint") (param $length i32) (result i32)
    (local $selector i32)
    (if (i32.gt_u (local.get $length) (i32.const 1024)) (then (return (i32.const 1))))
    (call $read_args (i32.const 512))
    (call $msg_sender (i32.const 76)) ;; an address is 20 bytes, at the end of its 32
    (local.set $selector (i32.load (i32.const 512)))

    ;; totalSupply()
    (if (i32.and (i32.eq (local.get $selector) (i32.const 0xdd0d1618)) (i32.eq (local.get $length) (i32.const 4)))
      (then (return (call $answer (i32.const 0)))))

    ;; balanceOf(address)
    (if (i32.and (i32.eq (local.get $selector) (i32.const 0x3182a070)) (i32.eq (local.get $length) (i32.const 36)))
      (then
        (call $key (i32.const 516))
        (return (call $answer (i32.const 96)))))

    ;; mint(uint256), for whoever calls
    (if (i32.and (i32.eq (local.get $selector) (i32.const 0x682d71a0)) (i32.eq (local.get $length) (i32.const 36)))
      (then
        (if (call $change (i32.const 0) (i32.const 516) (i32.const 1)) (then (return (i32.const 1))))
        (if (call $changeBalance (i32.const 64) (i32.const 516) (i32.const 1)) (then (return (i32.const 1))))
        (call $log (i32.const 0) (i32.const 64) (i32.const 516))
        (call $flush (i32.const 0))
        (return (i32.const 0))))

    ;; transfer(address,uint256)
    (if (i32.and (i32.eq (local.get $selector) (i32.const 0xbb9c05a9)) (i32.eq (local.get $length) (i32.const 68)))
      (then
        (if (call $changeBalance (i32.const 64) (i32.const 548) (i32.const -1)) (then (return (i32.const 1))))
        (if (call $changeBalance (i32.const 516) (i32.const 548) (i32.const 1)) (then (return (i32.const 1))))
        (call $log (i32.const 64) (i32.const 516) (i32.const 548))
        (call $flush (i32.const 0))
        (i32.store8 (i32.const 159) (i32.const 1)) ;; true, where the sum was
        (memory.fill (i32.const 128) (i32.const 0) (i32.const 31))
        (call $write_result (i32.const 128) (i32.const 32))
        (return (i32.const 0))))

    (i32.const 1)))
