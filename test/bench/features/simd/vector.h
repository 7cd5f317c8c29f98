// A kernel is built twice: with vectors (-msimd128), and without them by the same compiler, which vectorises nothing. Both
// builds give the same check sum.
#pragma once
#include "kernel.h"
#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#define VECTORS 1
#else
#define VECTORS 0
#endif
