/**
 * oneDNN 3.13: convolution, matrix product, pooling, normalization and their gradients for CPUs.
 *
 * <p>A record of {@link io.gluonj.dnnl.PrimitiveSpec} says what is to be computed; {@link
 * io.gluonj.dnnl.PrimitiveDesc} is oneDNN's answer (which implementation, which memory formats),
 * {@link io.gluonj.dnnl.Primitive} the compiled code, {@link io.gluonj.dnnl.Execution} that code
 * bound to memory. {@link io.gluonj.dnnl.PrimitiveCache} keeps primitives by record. {@link
 * io.gluonj.dnnl.DnnlApi} is the binding of the C API.
 *
 * <p>Deliberately not here: tensors, operators, and the choice of formats; the CPU backend makes
 * it. Element-wise work and row kernels are compiled by {@code io.gluonj.llvm} instead, which is
 * never slower.
 */
@NullMarked
package io.gluonj.dnnl;

import org.jspecify.annotations.NullMarked;
