/* Memory of devices and pinned memory of the host. */
#define _GNU_SOURCE
#include "softgpu.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define GRAIN 512
#define POISON 0xFF

static struct block **blocks; /* by address */
static size_t number;
static size_t capacity;

static uint64_t whole(uint64_t bytes) { return (bytes + GRAIN - 1) / GRAIN * GRAIN; }

/* The index of the last block that starts at or below an address, plus one. */
static size_t below(uint64_t address) {
  size_t low = 0, high = number;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (blocks[middle]->address <= address) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

static struct block *containing(uint64_t address) {
  size_t at = below(address);
  if (at == 0) {
    return NULL;
  }
  struct block *b = blocks[at - 1];
  return address < b->address + b->capacity ? b : NULL;
}

static struct block *new_block(uint64_t bytes, int device) {
  /* A page on each side that nobody may touch: the stub's own loops are caught too. */
  uint64_t pages = (bytes + 4095) / 4096 * 4096;
  char *memory = mmap(NULL, pages + 8192, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory + 4096, pages, PROT_READ | PROT_WRITE) != 0) {
    return NULL;
  }
  struct block *b = calloc(1, sizeof *b);
  b->address = (uintptr_t)memory + 4096 + (pages - whole(bytes)) / GRAIN * GRAIN;
  b->capacity = whole(bytes);
  b->device = device;
  memset((void *)(uintptr_t)b->address, POISON, b->capacity);
  if (number == capacity) {
    capacity = capacity == 0 ? 256 : 2 * capacity;
    blocks = realloc(blocks, capacity * sizeof *blocks);
  }
  size_t at = below(b->address);
  memmove(blocks + at + 1, blocks + at, (number - at) * sizeof *blocks);
  blocks[at] = b;
  number++;
  return b;
}

static void destroy(struct block *b) {
  uint64_t pages = (b->capacity + 4095) / 4096 * 4096;
  uint64_t start = b->address / 4096 * 4096 - 4096;
  size_t at = below(b->address) - 1;
  memmove(blocks + at, blocks + at + 1, (number - at - 1) * sizeof *blocks);
  number--;
  munmap((void *)(uintptr_t)start, pages + 8192);
  free(b);
}

int pinned(uint64_t address) {
  struct block *b = containing(address);
  return b != NULL && b->device < 0 && b->live != 0;
}

/* Whether a device may touch a range now. */
int check_range(int device, uint64_t address, uint64_t bytes) {
  struct block *b = containing(address);
  if (b == NULL || b->live == 0 || address + bytes > b->address + b->live) {
    return ILLEGAL_ADDRESS;
  }
  return b->device < 0 || device_of(device)->peers & 1u << b->device ? OK : ILLEGAL_ADDRESS;
}

int software_gpu_check(int device, uint64_t address, uint64_t bytes) {
  return check_range(device, address, bytes);
}

/* The allocation around an address, for kernels; called while the lock is held by who runs them. */
int software_gpu_region(int device, uint64_t address, uint64_t *bounds) {
  struct block *b = containing(address);
  if (b == NULL || check_range(device, address, 1) != OK) {
    return 0;
  }
  bounds[0] = b->address;
  bounds[1] = b->address + b->live;
  return 1;
}

/* ---- allocation ---- */

static int take(int device, uint64_t bytes, struct block **block) {
  struct device *d = device_of(device);
  if (bytes == 0) {
    return INVALID_VALUE;
  }
  if (d->used + whole(bytes) > d->total) {
    return OUT_OF_MEMORY;
  }
  *block = new_block(bytes, device);
  if (*block == NULL) {
    return OUT_OF_MEMORY;
  }
  d->used += (*block)->capacity;
  (*block)->owned = 1;
  return OK;
}

CUresult cuMemAlloc_v2(CUdeviceptr *address, size_t bytes) {
  lock();
  int code = ready();
  struct block *b;
  if (code == OK && capturing_here()) {
    code = CAPTURE_UNSUPPORTED;
  }
  if (code == OK) {
    code = take(current()->device, bytes, &b);
  }
  if (code == OK) {
    b->live = bytes;
    *address = b->address;
  }
  unlock();
  return code;
}

/* Waits for the device, as the real one does. */
CUresult cuMemFree_v2(CUdeviceptr address) {
  lock();
  int code = ready();
  if (code == OK && address != 0) {
    struct block *b = containing(address);
    if (b == NULL || b->address != address || !b->owned || b->device < 0) {
      code = INVALID_VALUE;
    } else if (capturing_here()) {
      code = CAPTURE_UNSUPPORTED;
    } else {
      drain_device(b->device);
      device_of(b->device)->used -= b->capacity;
      destroy(b);
    }
  }
  unlock();
  return code;
}

struct change {
  struct block *block;
  uint64_t live;
};

/* In the order of the stream: memory that is given out or back holds nothing of use. */
static int change(struct op *op) {
  struct change c;
  memcpy(&c, op->payload, sizeof c);
  c.block->live = c.live;
  memset((void *)(uintptr_t)c.block->address, POISON, c.block->capacity);
  return OK;
}

/* Memory that is on its way back to the pool of this stream is given out again at once. */
static struct block *reuse(struct stream *s, uint64_t bytes) {
  for (size_t i = 0; i < number; i++) {
    struct block *b = blocks[i];
    if (b->pool == s && !b->owned && b->capacity == whole(bytes)) {
      return b;
    }
  }
  return NULL;
}

static void trim(int device) {
  drain_device(device);
  for (size_t i = number; i-- > 0;) {
    struct block *b = blocks[i];
    if (b->device == device && b->pool != NULL && !b->owned) {
      device_of(device)->used -= b->capacity;
      destroy(b);
    }
  }
}

CUresult cuMemAllocAsync(CUdeviceptr *address, size_t bytes, CUstream handle) {
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  if (code == OK && s->capture != NULL) {
    code = NOT_SUPPORTED;
  }
  if (code == OK) {
    struct block *b = reuse(s, bytes);
    if (b == NULL) {
      code = take(s->device, bytes, &b);
      if (code == OUT_OF_MEMORY) {
        trim(s->device);
        code = take(s->device, bytes, &b);
      }
    }
    if (code == OK) {
      b->owned = 1;
      b->pool = s;
      struct change c = {b, bytes};
      code = enqueue(s, change, &c, sizeof c);
      *address = b->address;
    }
  }
  unlock();
  return code;
}

CUresult cuMemFreeAsync(CUdeviceptr address, CUstream handle) {
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  struct block *b = containing(address);
  if (code == OK && s->capture != NULL) {
    code = NOT_SUPPORTED;
  } else if (code == OK && (b == NULL || b->address != address || !b->owned || b->device < 0)) {
    code = INVALID_VALUE;
  } else if (code == OK) {
    b->owned = 0;
    b->pool = s;
    struct change c = {b, 0};
    code = enqueue(s, change, &c, sizeof c);
  }
  unlock();
  return code;
}

/* What pools keep counts as free only once it is trimmed, as on the real device. */
CUresult cuMemGetInfo_v2(size_t *free_bytes, size_t *total) {
  lock();
  int code = ready();
  if (code == OK) {
    struct device *d = device_of(current()->device);
    *free_bytes = d->total - d->used;
    *total = d->total;
  }
  unlock();
  return code;
}

CUresult cuMemHostAlloc(void **memory, size_t bytes, unsigned flags) {
  (void)flags;
  lock();
  int code = ready();
  if (code == OK && bytes == 0) {
    code = INVALID_VALUE;
  }
  if (code == OK) {
    struct block *b = new_block(bytes, -1);
    if (b == NULL) {
      code = OUT_OF_MEMORY;
    } else {
      b->live = bytes;
      b->owned = 1;
      *memory = (void *)(uintptr_t)b->address;
    }
  }
  unlock();
  return code;
}

CUresult cuMemAllocHost_v2(void **memory, size_t bytes) { return cuMemHostAlloc(memory, bytes, 0); }

CUresult cuMemFreeHost(void *memory) {
  lock();
  int code = ready();
  struct block *b = containing((uintptr_t)memory);
  if (code == OK && (b == NULL || b->device >= 0 || b->address != (uintptr_t)memory)) {
    code = INVALID_VALUE;
  }
  if (code == OK) {
    for (int i = 0; i < device_count(); i++) {
      drain_device(i);
    }
    destroy(b);
  }
  unlock();
  return code;
}

CUresult cuMemHostGetDevicePointer_v2(CUdeviceptr *address, void *memory, unsigned flags) {
  (void)flags;
  *address = (uintptr_t)memory;
  return pinned((uintptr_t)memory) ? OK : INVALID_VALUE;
}

CUresult cuMemGetAddressRange_v2(CUdeviceptr *base, size_t *bytes, CUdeviceptr address) {
  struct block *b = containing(address);
  if (b == NULL) {
    return NOT_FOUND;
  }
  if (base != NULL) {
    *base = b->address;
  }
  if (bytes != NULL) {
    *bytes = b->live;
  }
  return OK;
}

/* Addresses that belong to no allocation of the program are refused at once. */
int owned(uint64_t address, uint64_t bytes) {
  struct block *b = containing(address);
  return b != NULL && b->owned && address + bytes <= b->address + b->capacity ? OK : INVALID_VALUE;
}
