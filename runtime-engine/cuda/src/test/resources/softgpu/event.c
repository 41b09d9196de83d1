/* Events. */
#define _GNU_SOURCE
#include "softgpu.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

CUresult cuEventCreate(CUevent *event, unsigned flags) {
  lock();
  int code = ready();
  if (code == OK) {
    struct event *e = calloc(1, sizeof *e);
    e->device = current()->device;
    e->flags = flags;
    *event = e;
  }
  unlock();
  return code;
}

CUresult cuEventDestroy_v2(CUevent event) {
  int code = ready();
  if (code == OK && event == NULL) {
    code = INVALID_HANDLE;
  }
  return code; /* the memory stays: work that is queued may write the time into it */
}

static int reach(struct op *op) {
  struct event *e;
  memcpy(&e, op->payload, sizeof e);
  e->reached = now();
  return OK;
}

CUresult cuEventRecord(CUevent event, CUstream handle) {
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  if (code == OK && (event == NULL || event->device != s->device)) {
    code = INVALID_HANDLE;
  }
  if (code == OK) {
    int joined = s->joined;
    event->capture = s->capture;
    event->stream = s;
    code = enqueue(s, reach, &event, sizeof event);
    s->joined = joined;
    event->ticket = s->enqueued;
  }
  unlock();
  return code;
}

CUresult cuEventRecordWithFlags(CUevent event, CUstream handle, unsigned flags) {
  (void)flags;
  return cuEventRecord(event, handle);
}

struct wait {
  struct stream *stream;
  uint64_t ticket;
};

static int wait(struct op *op) {
  struct wait w;
  memcpy(&w, op->payload, sizeof w);
  drain(w.stream, w.ticket);
  return OK;
}

CUresult cuStreamWaitEvent(CUstream handle, CUevent event, unsigned flags) {
  (void)flags;
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  if (code == OK && event == NULL) {
    code = INVALID_HANDLE;
  }
  if (code == OK && event->stream != NULL) {
    if (event->capture != NULL) {
      if (s->capture == NULL && !event->capture->invalid) {
        s->capture = event->capture; /* it joins the capture */
        s->origin = 0;
        s->joined = 0;
      } else if (s->capture != event->capture) {
        code = CAPTURE_ISOLATION;
      } else {
        event->stream->joined = 1;
      }
    } else if (s->capture != NULL) {
      s->capture->invalid = 1;
      code = CAPTURE_ISOLATION;
    } else {
      struct wait w = {event->stream, event->ticket};
      code = enqueue(s, wait, &w, sizeof w);
    }
  }
  unlock();
  return code;
}

CUresult cuEventSynchronize(CUevent event) {
  lock();
  int code = ready();
  if (code == OK && event == NULL) {
    code = INVALID_HANDLE;
  } else if (code == OK && event->capture != NULL) {
    code = CAPTURED_EVENT;
  } else if (code == OK && event->stream != NULL) {
    drain(event->stream, event->ticket);
    code = ready();
  }
  unlock();
  return code;
}

CUresult cuEventQuery(CUevent event) {
  lock();
  int code = ready();
  if (code == OK && event == NULL) {
    code = INVALID_HANDLE;
  } else if (code == OK && event->capture != NULL) {
    code = CAPTURED_EVENT;
  } else if (code == OK && event->stream != NULL && event->stream->done < event->ticket) {
    drain(event->stream, event->stream->head->ticket);
    code = ready();
    if (code == OK && event->stream->done < event->ticket) {
      code = NOT_READY;
    }
  }
  unlock();
  return code;
}

CUresult cuEventElapsedTime(float *milliseconds, CUevent start, CUevent end) {
  lock();
  int code = ready();
  if (code == OK && ((start->flags | end->flags) & 2 || !start->stream || !end->stream)) {
    code = INVALID_HANDLE;
  } else if (code == OK
             && (start->stream->done < start->ticket || end->stream->done < end->ticket)) {
    code = NOT_READY;
  } else if (code == OK) {
    *milliseconds = end->reached - start->reached;
  }
  unlock();
  return code;
}
