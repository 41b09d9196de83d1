/* Devices and contexts. */
#define _GNU_SOURCE
#include "softgpu.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static struct device devices[MAX_DEVICES];
static int count;
static int initialised;

#define DEPTH 16
static __thread struct context *contexts[DEPTH];
static __thread int depth;

void lock(void) { pthread_mutex_lock(&mutex); }
void unlock(void) { pthread_mutex_unlock(&mutex); }
struct device *device_of(int index) { return &devices[index]; }
int device_count(void) { return count; }

/* The number of devices, and the bytes of memory of each. Before cuInit. */
void software_gpu_configure(int number, uint64_t bytes) {
  lock();
  count = number > MAX_DEVICES ? MAX_DEVICES : number;
  for (int i = 0; i < count; i++) {
    devices[i].primary.device = i;
    devices[i].total = bytes;
    devices[i].peers = 1u << i;
  }
  unlock();
}

/* Takes all lasting errors away, which no real device can. */
void software_gpu_heal(void) {
  lock();
  for (int i = 0; i < count; i++) {
    devices[i].error = 0;
  }
  unlock();
}

uint64_t software_gpu_used(int device) { return devices[device].used; }

CUresult cuInit(unsigned flags) {
  if (flags != 0) {
    return INVALID_VALUE;
  }
  if (count == 0) {
    return NO_DEVICE;
  }
  initialised = 1;
  return OK;
}

CUresult cuDriverGetVersion(int *version) {
  *version = 12060;
  return OK;
}

CUresult cuDeviceGetCount(int *number) {
  *number = count;
  return initialised ? OK : NOT_INITIALIZED;
}

CUresult cuDeviceGet(CUdevice *device, int ordinal) {
  if (!initialised) {
    return NOT_INITIALIZED;
  }
  *device = ordinal;
  return ordinal >= 0 && ordinal < count ? OK : INVALID_DEVICE;
}

static int known(CUdevice device) { return device >= 0 && device < count; }

CUresult cuDeviceGetName(char *name, int length, CUdevice device) {
  if (!known(device)) {
    return INVALID_DEVICE;
  }
  snprintf(name, length, "Software GPU %d", device);
  return OK;
}

CUresult cuDeviceTotalMem_v2(size_t *bytes, CUdevice device) {
  if (!known(device)) {
    return INVALID_DEVICE;
  }
  *bytes = devices[device].total;
  return OK;
}

CUresult cuDeviceGetUuid(char *uuid, CUdevice device) {
  memset(uuid, 0x50 + device, 16);
  return known(device) ? OK : INVALID_DEVICE;
}

CUresult cuDeviceGetPCIBusId(char *id, int length, CUdevice device) {
  snprintf(id, length, "0000:%02d:00.0", device);
  return known(device) ? OK : INVALID_DEVICE;
}

CUresult cuDeviceComputeCapability(int *major, int *minor, CUdevice device) {
  *major = 8;
  *minor = 0;
  return known(device) ? OK : INVALID_DEVICE;
}

/* CUdevice_attribute in cuda.h; the values of an A100 where they matter. */
CUresult cuDeviceGetAttribute(int *value, int attribute, CUdevice device) {
  if (!known(device)) {
    return INVALID_DEVICE;
  }
  switch (attribute) {
    case 1: *value = 1024; break;        /* threads per block */
    case 2: case 3: *value = 1024; break;
    case 4: *value = 64; break;
    case 5: *value = 0x7fffffff; break;  /* grid x */
    case 6: case 7: *value = 65535; break;
    case 8: *value = 49152; break;       /* shared memory per block */
    case 9: *value = 65536; break;
    case 10: *value = 32; break;         /* warp */
    case 12: *value = 65536; break;
    case 13: *value = 1410000; break;    /* kHz */
    case 16: *value = 4; break;          /* multiprocessors */
    case 36: *value = 1215000; break;
    case 37: *value = 5120; break;
    case 38: *value = 41943040; break;   /* L2 */
    case 39: *value = 2048; break;       /* threads per multiprocessor */
    case 40: *value = 3; break;          /* copy engines */
    case 41: *value = 1; break;          /* unified addressing */
    case 75: *value = 8; break;          /* compute capability */
    case 76: *value = 0; break;
    case 81: *value = 167936; break;
    case 97: *value = 166912; break;     /* shared memory per block, opted in */
    case 115: *value = 1; break;         /* memory pools */
    default: *value = 0;
  }
  return OK;
}

CUresult cuDeviceCanAccessPeer(int *can, CUdevice device, CUdevice peer) {
  *can = known(device) && known(peer) && device != peer;
  return known(device) && known(peer) ? OK : INVALID_DEVICE;
}

/* ---- contexts: only the primary ones ---- */

struct context *current(void) { return depth > 0 ? contexts[depth - 1] : NULL; }

int ready(void) {
  if (!initialised) {
    return NOT_INITIALIZED;
  }
  struct context *c = current();
  if (c == NULL || devices[c->device].retained == 0) {
    return INVALID_CONTEXT;
  }
  return devices[c->device].error;
}

CUresult cuDevicePrimaryCtxRetain(CUcontext *context, CUdevice device) {
  if (!initialised) {
    return NOT_INITIALIZED;
  }
  if (!known(device)) {
    return INVALID_DEVICE;
  }
  devices[device].retained++;
  *context = &devices[device].primary;
  return OK;
}

CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device) {
  if (!known(device)) {
    return INVALID_DEVICE;
  }
  if (devices[device].retained == 0) {
    return INVALID_CONTEXT;
  }
  devices[device].retained--;
  return OK;
}

CUresult cuDevicePrimaryCtxSetFlags_v2(CUdevice device, unsigned flags) {
  if (!known(device)) {
    return INVALID_DEVICE;
  }
  devices[device].primary.flags = flags;
  return OK;
}

CUresult cuDevicePrimaryCtxGetState(CUdevice device, unsigned *flags, int *active) {
  if (!known(device)) {
    return INVALID_DEVICE;
  }
  *flags = devices[device].primary.flags;
  *active = devices[device].retained > 0;
  return OK;
}

CUresult cuCtxSetCurrent(CUcontext context) {
  if (!initialised) {
    return NOT_INITIALIZED;
  }
  if (depth == 0) {
    depth = 1;
  }
  contexts[depth - 1] = context;
  return OK;
}

CUresult cuCtxGetCurrent(CUcontext *context) {
  *context = current();
  return initialised ? OK : NOT_INITIALIZED;
}

CUresult cuCtxPushCurrent_v2(CUcontext context) {
  if (depth == DEPTH) {
    return INVALID_VALUE;
  }
  contexts[depth++] = context;
  return OK;
}

CUresult cuCtxPopCurrent_v2(CUcontext *context) {
  if (depth == 0) {
    return INVALID_CONTEXT;
  }
  struct context *top = contexts[--depth];
  if (context != NULL) {
    *context = top;
  }
  return OK;
}

CUresult cuCtxGetDevice(CUdevice *device) {
  struct context *c = current();
  if (c == NULL) {
    return INVALID_CONTEXT;
  }
  *device = c->device;
  return OK;
}

CUresult cuCtxGetApiVersion(CUcontext context, unsigned *version) {
  (void)context;
  *version = 12060;
  return OK;
}

CUresult cuCtxGetStreamPriorityRange(int *least, int *greatest) {
  *least = 0;
  *greatest = 0;
  return ready();
}

CUresult cuCtxSynchronize(void) {
  lock();
  int code = ready();
  if (code == OK && capturing_here()) {
    code = CAPTURE_UNSUPPORTED;
  }
  if (code == OK) {
    drain_device(current()->device);
    code = ready();
  }
  unlock();
  return code;
}

CUresult cuCtxEnablePeerAccess(CUcontext peer, unsigned flags) {
  (void)flags;
  lock();
  int code = ready();
  if (code == OK) {
    struct device *own = device_of(current()->device);
    if (peer == NULL || peer == current()) {
      code = INVALID_CONTEXT;
    } else if (own->peers & 1u << peer->device) {
      code = PEER_ACCESS_ALREADY_ENABLED;
    } else {
      own->peers |= 1u << peer->device;
    }
  }
  unlock();
  return code;
}

CUresult cuCtxDisablePeerAccess(CUcontext peer) {
  lock();
  int code = ready();
  if (code == OK) {
    struct device *own = device_of(current()->device);
    code = own->peers & 1u << peer->device ? OK : PEER_ACCESS_NOT_ENABLED;
    own->peers &= ~(1u << peer->device);
  }
  unlock();
  return code;
}

/* ---- errors ---- */

static const struct {
  int code;
  const char *name;
  const char *text;
} errors[] = {
    {OK, "CUDA_SUCCESS", "no error"},
    {INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {NOT_INITIALIZED, "CUDA_ERROR_NOT_INITIALIZED", "initialization error"},
    {NO_DEVICE, "CUDA_ERROR_NO_DEVICE", "no CUDA-capable device is detected"},
    {INVALID_DEVICE, "CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"},
    {INVALID_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
    {PEER_ACCESS_UNSUPPORTED, "CUDA_ERROR_PEER_ACCESS_UNSUPPORTED", "peer access is not supported"},
    {INVALID_PTX, "CUDA_ERROR_INVALID_PTX", "a PTX JIT compilation failed"},
    {INVALID_HANDLE, "CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"},
    {NOT_FOUND, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {NOT_READY, "CUDA_ERROR_NOT_READY", "device not ready"},
    {ILLEGAL_ADDRESS, "CUDA_ERROR_ILLEGAL_ADDRESS", "an illegal memory access was encountered"},
    {LAUNCH_OUT_OF_RESOURCES, "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES",
     "too many resources requested for launch"},
    {PEER_ACCESS_ALREADY_ENABLED, "CUDA_ERROR_PEER_ACCESS_ALREADY_ENABLED",
     "peer access is already enabled"},
    {PEER_ACCESS_NOT_ENABLED, "CUDA_ERROR_PEER_ACCESS_NOT_ENABLED",
     "peer access has not been enabled"},
    {LAUNCH_FAILED, "CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"},
    {NOT_SUPPORTED, "CUDA_ERROR_NOT_SUPPORTED", "operation not supported"},
    {CAPTURE_UNSUPPORTED, "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED",
     "operation not permitted when stream is capturing"},
    {CAPTURE_INVALIDATED, "CUDA_ERROR_STREAM_CAPTURE_INVALIDATED",
     "operation failed due to a previous error during capture"},
    {CAPTURE_UNMATCHED, "CUDA_ERROR_STREAM_CAPTURE_UNMATCHED",
     "the capture was not initiated in this stream"},
    {CAPTURE_UNJOINED, "CUDA_ERROR_STREAM_CAPTURE_UNJOINED",
     "capturing stream has unjoined work"},
    {CAPTURE_ISOLATION, "CUDA_ERROR_STREAM_CAPTURE_ISOLATION",
     "dependency created on uncaptured work in another stream"},
    {CAPTURED_EVENT, "CUDA_ERROR_CAPTURED_EVENT",
     "operation not permitted on an event last recorded in a capturing stream"},
};

#define ERRORS (sizeof errors / sizeof errors[0])

CUresult cuGetErrorName(int code, const char **name) {
  for (size_t i = 0; i < ERRORS; i++) {
    if (errors[i].code == code) {
      *name = errors[i].name;
      return OK;
    }
  }
  *name = NULL;
  return INVALID_VALUE;
}

CUresult cuGetErrorString(int code, const char **text) {
  for (size_t i = 0; i < ERRORS; i++) {
    if (errors[i].code == code) {
      *text = errors[i].text;
      return OK;
    }
  }
  *text = NULL;
  return INVALID_VALUE;
}
