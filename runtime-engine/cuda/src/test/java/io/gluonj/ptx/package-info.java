/**
 * PTX, the assembler language of NVIDIA GPUs, where there is no GPU: assembled by NVIDIA's static
 * compiler, and executed on the host.
 *
 * <p>Source of all semantics: NVIDIA, Parallel Thread Execution ISA, version 8.0.
 */
@NullMarked
package io.gluonj.ptx;

import org.jspecify.annotations.NullMarked;
