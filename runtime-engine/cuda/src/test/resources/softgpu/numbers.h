/* Elements of tensors as doubles, for the libraries. */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <math.h>
#include <stdint.h>
#include <string.h>

enum number { F32, F64, F16, BF16 };

static inline size_t number_bytes(enum number type) {
  return type == F64 ? 8 : type == F32 ? 4 : 2;
}

static inline double from_half(uint16_t bits) {
  int exponent = bits >> 10 & 31;
  int fraction = bits & 1023;
  double value = exponent == 31   ? (fraction ? NAN : INFINITY)
                 : exponent == 0 ? ldexp(fraction, -24)
                                  : ldexp(fraction + 1024, exponent - 25);
  return bits >> 15 ? -value : value;
}

/* To nearest, ties to even, straight from the double. */
static inline uint16_t to_half(double value) {
  uint16_t sign = signbit(value) ? 0x8000 : 0;
  double a = fabs(value);
  if (isnan(value)) {
    return 0x7fff;
  }
  if (a >= 65520) {
    return sign | 0x7c00;
  }
  if (a == 0) {
    return sign; /* frexp gives it the exponent of 0.5 */
  }
  int exponent;
  frexp(a, &exponent);
  if (exponent < -13) {
    exponent = -13; /* subnormal */
  }
  double units = nearbyint(ldexp(a, 11 - exponent));
  return sign | (uint16_t)((exponent + 13) * 1024 + units);
}

static inline double from_bf16(uint16_t bits) {
  uint32_t wide = (uint32_t)bits << 16;
  float f;
  memcpy(&f, &wide, 4);
  return f;
}

static inline uint16_t to_bf16(double value) {
  if (isnan(value)) {
    return 0x7fff;
  }
  float f = (float)value;
  uint32_t bits;
  memcpy(&bits, &f, 4);
  /* Rounding twice would go wrong where the float lies in the middle but the double does not. */
  if ((bits & 0xffff) == 0x8000 && (double)f != value) {
    bits += fabs((double)f) < fabs(value) ? 1 : -1;
  }
  return (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
}

static inline double load(const void *at, enum number type, int64_t index) {
  switch (type) {
    case F32: return ((const float *)at)[index];
    case F64: return ((const double *)at)[index];
    case F16: return from_half(((const uint16_t *)at)[index]);
    default: return from_bf16(((const uint16_t *)at)[index]);
  }
}

static inline void store(void *at, enum number type, int64_t index, double value) {
  switch (type) {
    case F32: ((float *)at)[index] = (float)value; break;
    case F64: ((double *)at)[index] = value; break;
    case F16: ((uint16_t *)at)[index] = to_half(value); break;
    default: ((uint16_t *)at)[index] = to_bf16(value);
  }
}

/* A factor as the libraries take it: float, or double where the result is. */
static inline double factor(const void *at, enum number type) {
  return type == F64 ? *(const double *)at : *(const float *)at;
}

#endif
