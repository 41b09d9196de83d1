/* Streams, their capture, and the execution of what is queued on them. */
#define _GNU_SOURCE
#include "softgpu.h"

#include <stdlib.h>
#include <string.h>

#define NON_BLOCKING 1

static struct stream *streams;
static struct stream *defaults[MAX_DEVICES];
static __thread int captures; /* that this thread has begun */

struct stream *all_streams(void) { return streams; }
int capturing_here(void) { return captures > 0; }

static struct stream *new_stream(int device, unsigned flags) {
  struct stream *s = calloc(1, sizeof *s);
  s->device = device;
  s->flags = flags;
  s->next = streams;
  streams = s;
  return s;
}

struct stream *default_stream(int device) {
  if (defaults[device] == NULL) {
    defaults[device] = new_stream(device, 0);
  }
  return defaults[device];
}

/* The stream of a handle, which must belong to the current context. */
int stream_of(CUstream handle, struct stream **stream) {
  int code = ready();
  if (code != OK) {
    return code;
  }
  int device = current()->device;
  *stream = (uintptr_t)handle <= 2 ? default_stream(device) : handle;
  return (*stream)->device == device && !(*stream)->destroyed ? OK : INVALID_HANDLE;
}

static struct op *new_op(struct stream *s, int (*run)(struct op *), const void *payload,
                         size_t bytes) {
  struct op *op = malloc(sizeof *op + bytes);
  op->next = NULL;
  op->run = run;
  op->stream = s;
  op->bytes = bytes;
  op->ticket = 0;
  memcpy(op->payload, payload, bytes);
  return op;
}

void append(struct graph *graph, struct stream *s, int (*run)(struct op *), const void *payload,
            size_t bytes) {
  struct op *op = new_op(s, run, payload, bytes);
  if (graph->tail == NULL) {
    graph->head = op;
  } else {
    graph->tail->next = op;
  }
  graph->tail = op;
}

int enqueue(struct stream *s, int (*run)(struct op *), const void *payload, size_t bytes) {
  if (s->capture != NULL) {
    if (s->capture->invalid) {
      return CAPTURE_INVALIDATED;
    }
    append(s->capture, s, run, payload, bytes);
    s->joined = s->origin;
    return OK;
  }
  struct op *op = new_op(s, run, payload, bytes);
  op->ticket = ++s->enqueued;
  if (s->tail == NULL) {
    s->head = op;
  } else {
    s->tail->next = op;
  }
  s->tail = op;
  if (s == defaults[s->device]) { /* it waits for the blocking streams, and they for it */
    drain_blocking(s->device);
    drain(s, s->enqueued);
  }
  return OK;
}

/* Runs work of a device unless it has failed before; a failure stays. */
int execute(struct op *op, int device) {
  struct device *d = device_of(device);
  if (d->error == OK) {
    int code = op->run(op);
    if (code != OK) {
      d->error = code;
    }
  }
  return d->error;
}

int run_now(int device, int (*run)(struct op *), const void *payload, size_t bytes) {
  struct op *op = new_op(default_stream(device), run, payload, bytes);
  int code = execute(op, device);
  free(op);
  return code;
}

void drain(struct stream *s, uint64_t ticket) {
  while (s->head != NULL && s->head->ticket <= ticket) {
    struct op *op = s->head;
    s->head = op->next;
    if (s->head == NULL) {
      s->tail = NULL;
    }
    execute(op, s->device);
    s->done = op->ticket;
    free(op);
  }
}

/* The youngest stream goes first. */
void drain_device(int device) {
  for (struct stream *s = streams; s != NULL; s = s->next) {
    if (s->device == device) {
      drain(s, s->enqueued);
    }
  }
}

void drain_blocking(int device) {
  for (struct stream *s = streams; s != NULL; s = s->next) {
    if (s->device == device && !(s->flags & NON_BLOCKING) && s != defaults[device]) {
      drain(s, s->enqueued);
    }
  }
}

int software_gpu_enqueue(CUstream handle, int (*run)(struct op *), const void *payload,
                         size_t bytes) {
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  if (code == OK) {
    code = enqueue(s, run, payload, bytes);
  }
  unlock();
  return code;
}

/* ---- streams ---- */

CUresult cuStreamCreate(CUstream *stream, unsigned flags) {
  lock();
  int code = ready();
  if (code == OK) {
    *stream = new_stream(current()->device, flags);
  }
  unlock();
  return code;
}

CUresult cuStreamCreateWithPriority(CUstream *stream, unsigned flags, int priority) {
  (void)priority;
  return cuStreamCreate(stream, flags);
}

CUresult cuStreamDestroy_v2(CUstream handle) {
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  if (code == OK) {
    drain(s, s->enqueued);
    s->destroyed = 1;
  }
  unlock();
  return code;
}

/* A wait in the middle of a capture spoils the capture. */
static int refuse_capture(struct stream *s) {
  if (s->capture == NULL) {
    return OK;
  }
  s->capture->invalid = 1;
  return CAPTURE_UNSUPPORTED;
}

CUresult cuStreamSynchronize(CUstream handle) {
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  if (code == OK) {
    code = refuse_capture(s);
  }
  if (code == OK) {
    drain(s, s->enqueued);
    code = ready();
  }
  unlock();
  return code;
}

/* Each question lets one piece of work run. */
CUresult cuStreamQuery(CUstream handle) {
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  if (code == OK) {
    code = refuse_capture(s);
  }
  if (code == OK && s->head != NULL) {
    drain(s, s->head->ticket);
    code = ready();
    if (code == OK && s->head != NULL) {
      code = NOT_READY;
    }
  }
  unlock();
  return code;
}

CUresult cuStreamGetFlags(CUstream handle, unsigned *flags) {
  struct stream *s;
  int code = stream_of(handle, &s);
  *flags = code == OK ? s->flags : 0;
  return code;
}

CUresult cuStreamGetPriority(CUstream handle, int *priority) {
  struct stream *s;
  *priority = 0;
  return stream_of(handle, &s);
}

CUresult cuStreamGetCtx(CUstream handle, CUcontext *context) {
  struct stream *s;
  int code = stream_of(handle, &s);
  *context = code == OK ? &device_of(s->device)->primary : NULL;
  return code;
}

/* ---- capture ---- */

CUresult cuStreamBeginCapture_v2(CUstream handle, int mode) {
  (void)mode;
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  if (code == OK && (s->capture != NULL || s == defaults[s->device])) {
    code = CAPTURE_UNSUPPORTED;
  }
  if (code == OK) {
    s->capture = calloc(1, sizeof *s->capture);
    s->capture->device = s->device;
    s->origin = 1;
    s->joined = 1;
    captures++;
  }
  unlock();
  return code;
}

CUresult cuStreamEndCapture(CUstream handle, CUgraph *graph) {
  lock();
  struct stream *s;
  *graph = NULL;
  int code = stream_of(handle, &s);
  if (code == OK && (s->capture == NULL || !s->origin)) {
    code = s->capture == NULL ? INVALID_VALUE : CAPTURE_UNMATCHED;
  }
  if (code == OK) {
    struct graph *captured = s->capture;
    for (struct stream *other = streams; other != NULL; other = other->next) {
      if (other->capture == captured) {
        if (!other->joined) {
          code = CAPTURE_UNJOINED;
        }
        other->capture = NULL;
        other->origin = 0;
      }
    }
    captures--;
    if (captured->invalid) {
      code = CAPTURE_INVALIDATED;
    }
    if (code == OK) {
      *graph = captured;
    }
  }
  unlock();
  return code;
}

CUresult cuStreamIsCapturing(CUstream handle, int *status) {
  struct stream *s;
  int code = stream_of(handle, &s);
  *status = code == OK && s->capture != NULL ? (s->capture->invalid ? 2 : 1) : 0;
  return code;
}
