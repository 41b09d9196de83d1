/**
 * Loop nests to LLVM IR text: the one emitter from which all generated kernels come.
 *
 * <p>{@link io.gluonj.codegen.HostLoops} makes a kernel for the processor of a {@link
 * io.gluonj.op.LoopNest}. It decides how the iteration space is walked; what is computed at one
 * position ({@link io.gluonj.codegen.NestBody}: expressions, functions, loads and stores with their
 * conversions) knows nothing of that. {@link io.gluonj.codegen.GpuLoops} walks the same body with
 * the threads of a GPU, {@link io.gluonj.codegen.GpuRows} does so several times over each row of a
 * {@link io.gluonj.op.RowNest}.
 *
 * <p>Deliberately not here: native code. This package makes text; {@code io.gluonj.llvm} compiles
 * it and the backends run it.
 */
@NullMarked
package io.gluonj.codegen;

import org.jspecify.annotations.NullMarked;
