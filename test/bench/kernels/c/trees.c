// Binary search trees (treaps) on a heap of our own: insertion, search and removal.
#include "kernel.h"

typedef struct Tree { struct Tree *left, *right; u32 key, priority; } Tree;

#define N 40000
static Tree heap[N], *unused;

static Tree *make(u32 key) {
  Tree *t = unused;
  unused = t->left;
  t->left = t->right = 0, t->key = key, t->priority = random_u32();
  return t;
}

static Tree *insert(Tree *t, u32 key) {
  if (!t) return make(key);
  if (key == t->key) return t;
  if (key < t->key) {
    t->left = insert(t->left, key);
    Tree *up = t->left;
    if (up->priority <= t->priority) return t;
    t->left = up->right, up->right = t;
    return up;
  }
  t->right = insert(t->right, key);
  Tree *up = t->right;
  if (up->priority <= t->priority) return t;
  t->right = up->left, up->left = t;
  return up;
}

static Tree *join(Tree *a, Tree *b) {
  if (!a) return b;
  if (!b) return a;
  if (a->priority > b->priority) {
    a->right = join(a->right, b);
    return a;
  }
  b->left = join(a, b->left);
  return b;
}

static Tree *removed(Tree *t, u32 key) {
  if (!t) return 0;
  if (key < t->key) {
    t->left = removed(t->left, key);
  } else if (key > t->key) {
    t->right = removed(t->right, key);
  } else {
    Tree *rest = join(t->left, t->right);
    t->left = unused, unused = t;
    return rest;
  }
  return t;
}

EXPORT i32 run(i32 n) {
  u32 sum = 0;
  for (i32 round = 0; round < n; round++) {
    for (i32 i = 0; i < N; i++) heap[i].left = i + 1 < N ? &heap[i + 1] : 0;
    unused = heap;
    random_state = 7 + round;
    Tree *root = 0;
    for (i32 i = 0; i < 20000; i++) root = insert(root, random_u32() % 60000);
    for (i32 i = 0; i < 20000; i++) {
      u32 key = random_u32() % 60000, steps = 0;
      for (Tree *t = root; t && t->key != key; steps++) t = key < t->key ? t->left : t->right;
      sum = sum * 3 + steps;
    }
    for (i32 i = 0; i < 10000; i++) root = removed(root, random_u32() % 60000);
    sum += root->key;
  }
  return (i32)sum;
}
