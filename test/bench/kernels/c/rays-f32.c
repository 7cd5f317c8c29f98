// Single-precision vectors: rays against spheres, with reflections.
#include "kernel.h"

typedef struct { float x, y, z; } Vec;
typedef struct { Vec centre; float radius, shine; } Sphere;

#define SPHERES 12
static Sphere spheres[SPHERES];

static Vec add(Vec a, Vec b) { return (Vec){a.x + b.x, a.y + b.y, a.z + b.z}; }
static Vec sub(Vec a, Vec b) { return (Vec){a.x - b.x, a.y - b.y, a.z - b.z}; }
static Vec scale(Vec a, float f) { return (Vec){a.x * f, a.y * f, a.z * f}; }
static float dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
static Vec unit(Vec a) { return scale(a, 1.0f / __builtin_sqrtf(dot(a, a))); }

static NOINLINE i32 nearest(const Vec *from, const Vec *direction, float *distance) {
  i32 found = -1;
  for (i32 i = 0; i < SPHERES; i++) {
    Vec to = sub(spheres[i].centre, *from);
    float along = dot(to, *direction), inside = spheres[i].radius * spheres[i].radius - dot(to, to) + along * along;
    if (inside < 0) continue;
    float at = along - __builtin_sqrtf(inside);
    if (at > 0.001f && at < *distance) *distance = at, found = i;
  }
  return found;
}

static float trace(Vec from, Vec direction) {
  float light = 0, strength = 1;
  for (i32 bounce = 0; bounce < 4; bounce++) {
    float distance = 1e9f;
    i32 hit = nearest(&from, &direction, &distance);
    if (hit < 0) return light + strength * (0.5f + 0.5f * direction.y);
    from = add(from, scale(direction, distance));
    Vec normal = unit(sub(from, spheres[hit].centre));
    light += strength * 0.3f * (1 + normal.y);
    strength *= spheres[hit].shine;
    direction = sub(direction, scale(normal, 2 * dot(direction, normal)));
  }
  return light;
}

EXPORT double run(i32 n) {
  random_state = 11;
  for (i32 i = 0; i < SPHERES; i++) {
    Vec centre = {(float)random_f64() * 4 - 2, (float)random_f64() * 4 - 2, (float)random_f64() * 4 + 3};
    spheres[i] = (Sphere){centre, 0.3f + (float)random_f64() * 0.5f, (float)random_f64()};
  }
  double sum = 0;
  for (i32 round = 0; round < n; round++)
    for (i32 y = 0; y < 64; y++)
      for (i32 x = 0; x < 64; x++) {
        Vec direction = {(x - 32) / 40.0f, (y - 32) / 40.0f + round * 0.0001f, 1};
        sum += trace((Vec){0, 0, 0}, unit(direction));
      }
  return sum;
}
