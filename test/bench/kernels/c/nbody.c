// The five large bodies of the solar system, by symplectic steps.
#include "kernel.h"

typedef struct { double x, y, z, vx, vy, vz, mass; } Body;

#define PI 3.141592653589793
#define SOLAR_MASS (4 * PI * PI)
#define DAYS 365.24

static const Body START[5] = {
  {0, 0, 0, 0, 0, 0, SOLAR_MASS},
  {4.841431442464721, -1.1603200440274284, -0.10362204447112311, 0.001660076642744037 * DAYS,
   0.007699011184197404 * DAYS, -0.0000690460016972063 * DAYS, 0.0009547919384243266 * SOLAR_MASS},
  {8.34336671824458, 4.124798564124305, -0.4035234171143214, -0.002767425107268624 * DAYS,
   0.004998528012349172 * DAYS, 0.00002304172975737639 * DAYS, 0.0002858859806661308 * SOLAR_MASS},
  {12.894369562139131, -15.111151401698631, -0.22330757889265573, 0.002964601375647616 * DAYS,
   0.0023784717395948095 * DAYS, -0.000029658956854023756 * DAYS, 0.00004366244043351563 * SOLAR_MASS},
  {15.379697114850917, -25.919314609987964, 0.17925877295037118, 0.0026806777249038932 * DAYS,
   0.001628241700382423 * DAYS, -0.00009515922545197159 * DAYS, 0.00005151389020466115 * SOLAR_MASS},
};
static Body bodies[5];

static NOINLINE void advance(double dt) {
  for (i32 i = 0; i < 5; i++) {
    Body *p = &bodies[i];
    for (i32 j = i + 1; j < 5; j++) {
      Body *q = &bodies[j];
      double dx = p->x - q->x, dy = p->y - q->y, dz = p->z - q->z;
      double square = dx * dx + dy * dy + dz * dz;
      double magnitude = dt / (square * __builtin_sqrt(square));
      p->vx -= dx * q->mass * magnitude, p->vy -= dy * q->mass * magnitude, p->vz -= dz * q->mass * magnitude;
      q->vx += dx * p->mass * magnitude, q->vy += dy * p->mass * magnitude, q->vz += dz * p->mass * magnitude;
    }
  }
  for (i32 i = 0; i < 5; i++) {
    Body *p = &bodies[i];
    p->x += dt * p->vx, p->y += dt * p->vy, p->z += dt * p->vz;
  }
}

EXPORT double run(i32 n) {
  for (i32 i = 0; i < 5; i++) bodies[i] = START[i];
  for (i32 i = 0; i < n * 1000; i++) advance(0.01);
  double energy = 0;
  for (i32 i = 0; i < 5; i++) {
    Body *p = &bodies[i];
    energy += 0.5 * p->mass * (p->vx * p->vx + p->vy * p->vy + p->vz * p->vz);
  }
  return energy;
}
