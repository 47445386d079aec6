;; The sum of products that nearly all of a network's time is spent in, four channels at a time.
(module
  (import "env" "memory" (memory 1))
  ;; Adds `count` inputs, each times its row of `width` weights, to `width` sums. All are float32, by their
  ;; address in bytes; `width` is a multiple of 4. An input of 0 is skipped with its row.
  (func (export "add")
    (param $sums i32) (param $input i32) (param $count i32) (param $weights i32) (param $width i32)
    (local $end i32) (local $stop i32) (local $at i32) (local $value f32) (local $values v128)
    (local.set $end (i32.add (local.get $input) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $width (i32.shl (local.get $width) (i32.const 2))) ;; in bytes
    (local.set $stop (i32.add (local.get $sums) (local.get $width)))
    (block $done
      (loop $inputs
        (br_if $done (i32.ge_u (local.get $input) (local.get $end)))
        (local.set $value (f32.load (local.get $input)))
        (local.set $input (i32.add (local.get $input) (i32.const 4)))
        (if (f32.eq (local.get $value) (f32.const 0))
          (then
            (local.set $weights (i32.add (local.get $weights) (local.get $width)))
            (br $inputs)))
        (local.set $values (f32x4.splat (local.get $value)))
        (local.set $at (local.get $sums))
        (loop $channels
          (v128.store (local.get $at)
            (f32x4.add
              (v128.load (local.get $at))
              (f32x4.mul (local.get $values) (v128.load (local.get $weights)))))
          (local.set $weights (i32.add (local.get $weights) (i32.const 16)))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $channels (i32.lt_u (local.get $at) (local.get $stop))))
        (br $inputs)))))
