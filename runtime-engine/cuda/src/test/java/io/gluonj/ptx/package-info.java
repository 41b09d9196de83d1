/**
 * PTX, the assembler language of NVIDIA GPUs, where there is no GPU: assembled by NVIDIA's static
 * compiler ({@link io.gluonj.ptx.Assembler}), and executed on the host ({@link
 * io.gluonj.ptx.PtxMachine}) for tests of generated kernels.
 *
 * <p>The machine translates kernels to JVM byte code, one lane (CUDA: thread) at a time in an order
 * chosen to show missing barriers. Every access is checked. What is not here: timing, occupancy,
 * caches, textures, and anything that the LLVM back end does not write.
 *
 * <p>Source of all semantics: NVIDIA, Parallel Thread Execution ISA, version 8.0.
 */
@NullMarked
package io.gluonj.ptx;

import org.jspecify.annotations.NullMarked;
