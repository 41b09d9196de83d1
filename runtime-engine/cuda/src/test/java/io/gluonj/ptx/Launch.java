package io.gluonj.ptx;

import java.lang.foreign.MemorySegment;

/**
 * One launch of a kernel.
 *
 * @param dynamicShared bytes of shared memory beyond what the kernel declares
 * @param parameters their bytes, as the kernel lays them out
 */
record Launch(
    Kernel kernel,
    Dim grid,
    Dim block,
    long dynamicShared,
    MemorySegment parameters,
    DeviceMap map) {}
