/* Copies and fills. */
#include "softgpu.h"

#include <stdlib.h>
#include <string.h>

struct copy {
  uint64_t to;
  uint64_t from;
  uint64_t bytes;
  int to_device; /* -1: the host */
  int from_device;
  char staged[]; /* what was copied already, where from is 0 */
};

static int copy(struct op *op) {
  struct copy *c = (struct copy *)op->payload;
  if (c->to_device >= 0 && check_range(c->to_device, c->to, c->bytes) != OK) {
    return ILLEGAL_ADDRESS;
  }
  if (c->from_device >= 0 && check_range(c->from_device, c->from, c->bytes) != OK) {
    return ILLEGAL_ADDRESS;
  }
  const void *from = c->from == 0 ? (void *)c->staged : (void *)(uintptr_t)c->from;
  memmove((void *)(uintptr_t)c->to, from, c->bytes);
  return OK;
}

static int sync_copy(uint64_t to, uint64_t from, uint64_t bytes, int to_host, int from_host) {
  lock();
  int code = ready();
  if (code == OK && capturing_here()) {
    code = CAPTURE_UNSUPPORTED;
  }
  if (code == OK && !to_host) {
    code = owned(to, bytes);
  }
  if (code == OK && !from_host) {
    code = owned(from, bytes);
  }
  if (code == OK && bytes > 0) {
    int device = current()->device;
    drain_blocking(device);
    struct copy c = {to, from, bytes, to_host ? -1 : device, from_host ? -1 : device};
    code = run_now(device, copy, &c, sizeof c);
  }
  unlock();
  return code;
}

CUresult cuMemcpyHtoD_v2(CUdeviceptr to, const void *from, size_t bytes) {
  return sync_copy(to, (uintptr_t)from, bytes, 0, 1);
}

CUresult cuMemcpyDtoH_v2(void *to, CUdeviceptr from, size_t bytes) {
  return sync_copy((uintptr_t)to, from, bytes, 1, 0);
}

CUresult cuMemcpyDtoD_v2(CUdeviceptr to, CUdeviceptr from, size_t bytes) {
  return sync_copy(to, from, bytes, 0, 0);
}

/* From pageable memory the bytes are taken at once; a captured copy reads when it runs. */
CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr to, const void *from, size_t bytes, CUstream handle) {
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  if (code == OK) {
    code = owned(to, bytes);
  }
  if (code == OK && bytes > 0) {
    int staged = s->capture == NULL && !pinned((uintptr_t)from);
    size_t size = sizeof(struct copy) + (staged ? bytes : 0);
    struct copy *c = malloc(size);
    *c = (struct copy){to, staged ? 0 : (uintptr_t)from, bytes, s->device, -1};
    if (staged) {
      memcpy(c->staged, from, bytes);
    }
    code = enqueue(s, copy, c, size);
    free(c);
  }
  unlock();
  return code;
}

/* To pageable memory the call returns when the bytes are there. */
CUresult cuMemcpyDtoHAsync_v2(void *to, CUdeviceptr from, size_t bytes, CUstream handle) {
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  if (code == OK) {
    code = owned(from, bytes);
  }
  if (code == OK && bytes > 0) {
    struct copy c = {(uintptr_t)to, from, bytes, -1, s->device};
    code = enqueue(s, copy, &c, sizeof c);
    if (code == OK && s->capture == NULL && !pinned((uintptr_t)to)) {
      drain(s, s->enqueued);
      code = ready();
    }
  }
  unlock();
  return code;
}

static int async_copy(uint64_t to, int to_device, uint64_t from, int from_device, uint64_t bytes,
                      CUstream handle) {
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  if (code == OK) {
    code = owned(to, bytes);
  }
  if (code == OK) {
    code = owned(from, bytes);
  }
  if (code == OK && bytes > 0) {
    struct copy c = {to, from, bytes, to_device < 0 ? s->device : to_device,
                     from_device < 0 ? s->device : from_device};
    code = enqueue(s, copy, &c, sizeof c);
  }
  unlock();
  return code;
}

CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr to, CUdeviceptr from, size_t bytes, CUstream stream) {
  return async_copy(to, -1, from, -1, bytes, stream);
}

CUresult cuMemcpyPeerAsync(CUdeviceptr to, CUcontext to_context, CUdeviceptr from,
                           CUcontext from_context, size_t bytes, CUstream stream) {
  return async_copy(to, to_context->device, from, from_context->device, bytes, stream);
}

CUresult cuMemcpyPeer(CUdeviceptr to, CUcontext to_context, CUdeviceptr from,
                      CUcontext from_context, size_t bytes) {
  return async_copy(to, to_context->device, from, from_context->device, bytes, NULL);
}

/* ---- fills ---- */

struct fill {
  uint64_t to;
  uint64_t count;
  unsigned value;
  int width;
  int device;
};

static int fill(struct op *op) {
  struct fill f;
  memcpy(&f, op->payload, sizeof f);
  if (check_range(f.device, f.to, f.count * f.width) != OK) {
    return ILLEGAL_ADDRESS;
  }
  char *to = (char *)(uintptr_t)f.to;
  for (uint64_t i = 0; i < f.count; i++) {
    memcpy(to + i * f.width, &f.value, f.width);
  }
  return OK;
}

static int fill_async(uint64_t to, unsigned value, int width, uint64_t count, CUstream handle) {
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  if (code == OK) {
    code = to % width != 0 ? INVALID_VALUE : owned(to, count * width);
  }
  if (code == OK && count > 0) {
    struct fill f = {to, count, value, width, s->device};
    code = enqueue(s, fill, &f, sizeof f);
  }
  unlock();
  return code;
}

CUresult cuMemsetD8Async(CUdeviceptr to, unsigned char value, size_t count, CUstream stream) {
  return fill_async(to, value, 1, count, stream);
}

CUresult cuMemsetD16Async(CUdeviceptr to, unsigned short value, size_t count, CUstream stream) {
  return fill_async(to, value, 2, count, stream);
}

CUresult cuMemsetD32Async(CUdeviceptr to, unsigned value, size_t count, CUstream stream) {
  return fill_async(to, value, 4, count, stream);
}

CUresult cuMemsetD8_v2(CUdeviceptr to, unsigned char value, size_t count) {
  return fill_async(to, value, 1, count, NULL);
}

CUresult cuMemsetD32_v2(CUdeviceptr to, unsigned value, size_t count) {
  return fill_async(to, value, 4, count, NULL);
}
