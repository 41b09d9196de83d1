/**
 * LLVM as the engine's code generator: text of LLVM IR in, machine code or PTX out.
 *
 * <p>{@link io.gluonj.llvm.Jit} compiles IR text for the processor it runs on ({@link
 * io.gluonj.llvm.HostTarget}), keeps the object code on disk and gives addresses that {@code
 * java.lang.foreign} can call; {@link io.gluonj.llvm.Ptx} compiles IR text to PTX for an NVIDIA
 * GPU.
 *
 * <p>Deliberately not here: any knowledge of operators or tensors. IR is written by {@code
 * io.gluonj.codegen}; this package does not build IR through the C API, because IR that is text can
 * be read, compared in tests and hashed.
 */
@NullMarked
package io.gluonj.llvm;

import org.jspecify.annotations.NullMarked;
