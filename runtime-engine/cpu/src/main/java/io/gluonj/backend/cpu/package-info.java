/**
 * The CPU backend: generated kernels for loop nests, oneDNN for the library operators.
 *
 * <p>{@link io.gluonj.backend.cpu.CpuBackend} is found by {@link java.util.ServiceLoader}. Loop
 * nests become {@link io.gluonj.backend.cpu.LoopKernel}s, library operators of float32 sequences of
 * oneDNN primitives; other element types run by the operator's definition, which is said once in
 * the log. Everything computes on the one OpenMP pool, in memory outside the Java heap.
 *
 * <p>Deliberately not here: layouts between operators. Operands are row-major at every border; a
 * kernel that computes faster in another order reorders inside.
 */
@NullMarked
package io.gluonj.backend.cpu;

import org.jspecify.annotations.NullMarked;
