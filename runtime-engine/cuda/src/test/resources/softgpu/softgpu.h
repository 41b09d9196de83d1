/*
 * A GPU in software: what its source files share.
 *
 * All state is guarded by one recursive lock. Work is queued and runs on the thread that waits for
 * it, as late as the semantics of streams allow.
 */
#ifndef SOFTGPU_H
#define SOFTGPU_H

#include <stddef.h>
#include <stdint.h>

enum {
  OK = 0,
  INVALID_VALUE = 1,
  OUT_OF_MEMORY = 2,
  NOT_INITIALIZED = 3,
  NO_DEVICE = 100,
  INVALID_DEVICE = 101,
  INVALID_CONTEXT = 201,
  PEER_ACCESS_UNSUPPORTED = 217,
  INVALID_PTX = 218,
  INVALID_HANDLE = 400,
  NOT_FOUND = 500,
  NOT_READY = 600,
  ILLEGAL_ADDRESS = 700,
  LAUNCH_OUT_OF_RESOURCES = 701,
  PEER_ACCESS_ALREADY_ENABLED = 704,
  PEER_ACCESS_NOT_ENABLED = 705,
  LAUNCH_FAILED = 719,
  NOT_SUPPORTED = 801,
  CAPTURE_UNSUPPORTED = 900,
  CAPTURE_INVALIDATED = 901,
  CAPTURE_UNMATCHED = 903,
  CAPTURE_UNJOINED = 904,
  CAPTURE_ISOLATION = 905,
  CAPTURED_EVENT = 907
};

#define MAX_DEVICES 8

typedef int CUdevice;
typedef int CUresult;
typedef uint64_t CUdeviceptr;
typedef struct context *CUcontext;
typedef struct stream *CUstream;
typedef struct event *CUevent;
typedef struct graph *CUgraph;
typedef struct graph *CUgraphExec;
typedef struct module *CUmodule;
typedef struct function *CUfunction;

/* One piece of work. It owns what follows it. */
struct op {
  struct op *next;
  int (*run)(struct op *);
  struct stream *stream;
  uint64_t ticket;
  size_t bytes;
  _Alignas(16) char payload[];
};

struct context {
  int device;
  unsigned flags;
};

struct device {
  struct context primary;
  int retained;
  int error; /* stays */
  uint64_t total;
  uint64_t used;
  unsigned peers; /* whose memory its kernels may touch */
};

struct stream {
  struct stream *next; /* all streams */
  int device;
  unsigned flags;
  int destroyed;
  struct op *head;
  struct op *tail;
  uint64_t enqueued;
  uint64_t done;
  struct graph *capture;
  int origin;
  int joined;
};

struct event {
  int device;
  unsigned flags;
  struct stream *stream; /* none: never recorded */
  uint64_t ticket;
  struct graph *capture;
  double reached; /* milliseconds */
};

/* A sequence of captured work; its order is the order of capture. */
struct graph {
  struct op *head;
  struct op *tail;
  int device;
  int invalid;
};

/* Memory of a device, or pinned memory of the host (device -1). */
struct block {
  uint64_t address;
  uint64_t capacity;
  uint64_t live; /* bytes that may be touched now, in the order of execution */
  int device;
  int owned; /* by the program, in the order of calls */
  struct stream *pool;
};

void lock(void);
void unlock(void);
struct device *device_of(int index);
int device_count(void);
struct context *current(void);
int ready(void); /* initialised, a current context without a lasting error; else the code */
struct stream *default_stream(int device);

int enqueue(struct stream *stream, int (*run)(struct op *), const void *payload, size_t bytes);
int run_now(int device, int (*run)(struct op *), const void *payload, size_t bytes);
int execute(struct op *op, int device);
void drain(struct stream *stream, uint64_t ticket);
void drain_device(int device);
void drain_blocking(int device);
struct stream *all_streams(void);
int stream_of(CUstream handle, struct stream **stream);
int capturing_here(void);
void append(struct graph *graph, struct stream *stream, int (*run)(struct op *),
            const void *payload, size_t bytes);

int check_range(int device, uint64_t address, uint64_t bytes);
int pinned(uint64_t address);
int owned(uint64_t address, uint64_t bytes);

/* For the libraries that stand on the driver: queues work on a stream, captured if it captures. */
int software_gpu_enqueue(CUstream stream, int (*run)(struct op *), const void *payload,
                         size_t bytes);
int software_gpu_check(int device, uint64_t address, uint64_t bytes);

#endif
