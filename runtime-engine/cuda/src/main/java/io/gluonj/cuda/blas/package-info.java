/**
 * Matrix products on a GPU: one narrow interface, {@link io.gluonj.cuda.blas.Blas}, with row-major
 * operands, and the libraries behind it.
 *
 * <p>{@link io.gluonj.cuda.blas.ColumnMajor} turns a product into what cuBLAS is asked for; the
 * bindings only pass it on. Which binding is used is decided by {@link
 * io.gluonj.cuda.blas.BlasBindings}.
 *
 * <p>Deliberately not here: bias and activation, which are loop nests.
 */
@NullMarked
package io.gluonj.cuda.blas;

import org.jspecify.annotations.NullMarked;
