/**
 * The backend for NVIDIA GPUs: kernels compiled from LLVM IR to PTX, matrix products by cuBLAS,
 * convolutions by cuDNN or kernels of our own, static plans replayed as CUDA graphs.
 *
 * <p>No class of JCuda is loaded before a GPU is asked for. Only this package and {@code
 * io.gluonj.cuda} know CUDA.
 */
@NullMarked
package io.gluonj.backend.cuda;

import org.jspecify.annotations.NullMarked;
