/* Modules, kernels and their launch. The PTX is read and run by Java, through these calls back. */
#include "softgpu.h"

#include <stdlib.h>
#include <string.h>

#define MAX_PARAMETERS 256
#define MAX_NAME 512

/* What Java does. All return a code of the driver, 0 for success. */
struct machine {
  /* Reads PTX; the log gets what is wrong with it. */
  int (*load)(int device, const char *ptx, int64_t *module, char *log, int log_bytes);
  int (*unload)(int64_t module);
  /* Finds a kernel: its number of parameters, their offsets and sizes, its shared memory. */
  int (*find)(int64_t module, const char *name, int32_t *parameters, int32_t *shared);
  int (*launch)(int device, int64_t module, const char *name, const int32_t *extents,
                const void *parameters);
  int (*variable)(int64_t module, const char *name, uint64_t *bounds);
};

static struct machine machine;

void software_gpu_set_machine(const struct machine *java) { machine = *java; }

struct module {
  int device;
  int64_t id;
};

struct function {
  struct module *module;
  int shared;
  int dynamic;
  int number;
  int32_t layout[2 * MAX_PARAMETERS];
  char name[MAX_NAME];
};

/* CUjit_option in cuda.h */
#define ERROR_LOG 5
#define ERROR_LOG_BYTES 6

CUresult cuModuleLoadDataEx(CUmodule *module, const void *image, unsigned count, int *options,
                            void **values) {
  lock();
  int code = ready();
  if (code == OK) {
    char *log = NULL;
    int log_bytes = 0;
    for (unsigned i = 0; i < count; i++) {
      if (options[i] == ERROR_LOG) {
        log = values[i];
      } else if (options[i] == ERROR_LOG_BYTES) {
        log_bytes = (int)(uintptr_t)values[i];
      }
    }
    struct module *m = calloc(1, sizeof *m);
    m->device = current()->device;
    code = machine.load(m->device, image, &m->id, log, log == NULL ? 0 : log_bytes);
    *module = m;
  }
  unlock();
  return code;
}

CUresult cuModuleLoadData(CUmodule *module, const void *image) {
  return cuModuleLoadDataEx(module, image, 0, NULL, NULL);
}

CUresult cuModuleUnload(CUmodule module) {
  lock();
  int code = ready();
  if (code == OK) {
    drain_device(module->device);
    code = machine.unload(module->id);
    free(module);
  }
  unlock();
  return code;
}

CUresult cuModuleGetFunction(CUfunction *function, CUmodule module, const char *name) {
  lock();
  int code = ready();
  if (code == OK && strlen(name) >= MAX_NAME) {
    code = INVALID_VALUE;
  }
  if (code == OK) {
    struct function *f = calloc(1, sizeof *f);
    f->module = module;
    strcpy(f->name, name);
    int32_t found[1 + 2 * MAX_PARAMETERS] = {0};
    code = machine.find(module->id, name, found, &f->shared);
    f->number = found[0];
    memcpy(f->layout, found + 1, sizeof f->layout);
    if (code == OK) {
      *function = f;
    } else {
      free(f);
    }
  }
  unlock();
  return code;
}

CUresult cuModuleGetGlobal_v2(CUdeviceptr *address, size_t *bytes, CUmodule module,
                              const char *name) {
  uint64_t bounds[2];
  lock();
  int code = ready();
  if (code == OK) {
    code = machine.variable(module->id, name, bounds);
  }
  if (code == OK) {
    *address = bounds[0];
    *bytes = bounds[1] - bounds[0];
  }
  unlock();
  return code;
}

/* CUfunction_attribute in cuda.h */
CUresult cuFuncGetAttribute(int *value, int attribute, CUfunction function) {
  switch (attribute) {
    case 0: *value = 1024; break;
    case 1: *value = function->shared; break;
    case 4: *value = 32; break;
    case 5: case 6: *value = 80; break;
    case 8: *value = function->dynamic == 0 ? 49152 - function->shared : function->dynamic; break;
    default: *value = 0;
  }
  return ready();
}

CUresult cuFuncSetAttribute(CUfunction function, int attribute, int value) {
  if (attribute == 8) {
    if (value + function->shared > 166912) {
      return INVALID_VALUE;
    }
    function->dynamic = value;
  }
  return ready();
}

CUresult cuFuncSetCacheConfig(CUfunction function, int config) {
  (void)function;
  (void)config;
  return ready();
}

CUresult cuFuncGetModule(CUmodule *module, CUfunction function) {
  *module = function->module;
  return ready();
}

CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int *blocks, CUfunction function, int threads,
                                                     size_t shared) {
  (void)function;
  (void)shared;
  *blocks = threads < 1 || threads > 1024 ? 0 : 2048 / threads;
  return ready();
}

struct launch {
  struct function *function;
  int32_t extents[7];
  _Alignas(16) char parameters[];
};

static int launch(struct op *op) {
  struct launch *l = (struct launch *)op->payload;
  return machine.launch(op->stream->device, l->function->module->id, l->function->name, l->extents,
                        l->parameters);
}

static size_t parameter_bytes(struct function *f) {
  return f->number == 0 ? 0 : f->layout[2 * f->number - 2] + f->layout[2 * f->number - 1];
}

CUresult cuLaunchKernel(CUfunction f, unsigned grid_x, unsigned grid_y, unsigned grid_z,
                        unsigned block_x, unsigned block_y, unsigned block_z, unsigned shared,
                        CUstream handle, void **parameters, void **extra) {
  lock();
  struct stream *s;
  int code = stream_of(handle, &s);
  uint64_t threads = (uint64_t)block_x * block_y * block_z;
  if (code == OK && (f == NULL || f->module->device != s->device)) {
    code = INVALID_HANDLE;
  } else if (code == OK
             && (grid_x == 0 || grid_y == 0 || grid_z == 0 || threads == 0 || threads > 1024
                 || grid_x > 0x7fffffff || grid_y > 65535 || grid_z > 65535 || block_z > 64
                 || extra != NULL || (f->number > 0 && parameters == NULL)
                 || (int)shared > (f->dynamic == 0 ? 49152 - f->shared : f->dynamic))) {
    code = INVALID_VALUE;
  }
  if (code == OK) {
    size_t bytes = sizeof(struct launch) + parameter_bytes(f);
    struct launch *l = calloc(1, bytes);
    l->function = f;
    int32_t extents[7] = {grid_x, grid_y, grid_z, block_x, block_y, block_z, shared};
    memcpy(l->extents, extents, sizeof extents);
    for (int i = 0; i < f->number; i++) {
      memcpy(l->parameters + f->layout[2 * i], parameters[i], f->layout[2 * i + 1]);
    }
    code = enqueue(s, launch, l, bytes);
    free(l);
  }
  unlock();
  return code;
}
