/**
 * A machine that executes PTX, the assembler language of NVIDIA GPUs, on the host: for tests of
 * generated kernels where there is no GPU.
 *
 * <p>Kernels are translated to JVM byte code, one lane (CUDA: thread) at a time in an order chosen
 * to show missing barriers. Every access is checked. What is not here: timing, occupancy, caches,
 * textures, and anything that the LLVM back end does not write.
 *
 * <p>Entry: {@link io.gluonj.ptx.PtxMachine}. Source of all semantics: NVIDIA, Parallel Thread
 * Execution ISA, version 8.0.
 */
@NullMarked
package io.gluonj.ptx;

import org.jspecify.annotations.NullMarked;
