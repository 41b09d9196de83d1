/* Graphs that came from a capture. Their work runs in the order in which it was captured. */
#include "softgpu.h"

#include <stdlib.h>

static void destroy(struct graph *graph) {
  struct op *op = graph->head;
  while (op != NULL) {
    struct op *next = op->next;
    free(op);
    op = next;
  }
  free(graph);
}

CUresult cuGraphInstantiateWithFlags(CUgraphExec *executable, CUgraph graph,
                                     unsigned long long flags) {
  (void)flags;
  lock();
  int code = ready();
  if (code == OK && graph == NULL) {
    code = INVALID_VALUE;
  }
  if (code == OK) {
    struct graph *copy = calloc(1, sizeof *copy);
    copy->device = graph->device;
    for (struct op *op = graph->head; op != NULL; op = op->next) {
      append(copy, op->stream, op->run, op->payload, op->bytes);
    }
    *executable = copy;
  }
  unlock();
  return code;
}

CUresult cuGraphDestroy(CUgraph graph) {
  lock();
  destroy(graph);
  unlock();
  return OK;
}

/* Runs that are queued still need it, so it is destroyed after them. */
CUresult cuGraphExecDestroy(CUgraphExec executable) {
  lock();
  drain_device(executable->device);
  destroy(executable);
  unlock();
  return OK;
}

static int run(struct op *op) {
  struct graph *graph = *(struct graph **)op->payload;
  for (struct op *one = graph->head; one != NULL; one = one->next) {
    int code = execute(one, graph->device);
    if (code != OK) {
      return code;
    }
  }
  return OK;
}

CUresult cuGraphLaunch(CUgraphExec executable, CUstream handle) {
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  if (code == OK && executable->device != s->device) {
    code = INVALID_HANDLE;
  }
  if (code == OK) {
    code = enqueue(s, run, &executable, sizeof executable);
  }
  unlock();
  return code;
}

CUresult cuGraphUpload(CUgraphExec executable, CUstream handle) {
  (void)executable;
  struct stream *s;
  return stream_of(handle, &s);
}

CUresult cuGraphGetNodes(CUgraph graph, void **nodes, size_t *number) {
  size_t n = 0;
  for (struct op *op = graph->head; op != NULL; op = op->next) {
    if (nodes != NULL && n < *number) {
      nodes[n] = op;
    }
    n++;
  }
  *number = n;
  return OK;
}
