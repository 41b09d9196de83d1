package io.gluonj.backend.cuda;

import io.gluonj.backend.Kernel;

/**
 * Work for one GPU. {@link #run} only enqueues it on {@link io.gluonj.cuda.Gpu#compute()}, with the
 * device's lock held by the caller; it must not allocate from the device's memory pool.
 */
interface CudaKernel extends Kernel {
  /** Whether it may run while a CUDA graph is captured: it waits for nothing and uses no host. */
  default boolean capturable() {
    return true;
  }
}
