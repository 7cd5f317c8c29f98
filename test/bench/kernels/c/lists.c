// Linked lists: merge sort by links, and walks in an order that has nothing to do with memory's.
#include "kernel.h"

typedef struct Node { struct Node *next; i32 value; } Node;

#define N 50000
static Node nodes[N];

static Node *merge(Node *a, Node *b) {
  Node head, *last = &head;
  while (a && b) {
    Node **less = a->value <= b->value ? &a : &b;
    last = last->next = *less;
    *less = (*less)->next;
  }
  last->next = a ? a : b;
  return head.next;
}

static Node *sort(Node *list) {
  if (!list || !list->next) return list;
  Node *slow = list, *fast = list->next;
  while (fast && fast->next) slow = slow->next, fast = fast->next->next;
  Node *half = slow->next;
  slow->next = 0;
  return merge(sort(list), sort(half));
}

EXPORT i32 run(i32 n) {
  u32 sum = 0;
  for (i32 round = 0; round < n; round++) {
    random_state = 50 + round;
    for (i32 i = 0; i < N; i++) nodes[i].value = (i32)random_u32(), nodes[i].next = i + 1 < N ? &nodes[i + 1] : 0;
    Node *list = sort(nodes);
    for (i32 walk = 0; walk < 10; walk++)
      for (Node *p = list; p; p = p->next) sum = sum * 5 + (u32)p->value;
  }
  return (i32)sum;
}
