/**
 * Which of several Java bindings of NVIDIA's libraries can be used on this machine, and why the
 * others cannot.
 *
 * <p>A binding loads only if the library is there in the version it was built for. Each candidate
 * is probed by opening the library and looking for the functions that are called, before any class
 * of the binding is touched: a function that is missing at its first call would end the process.
 *
 * <p>Deliberately not here: what the libraries compute; see {@code io.gluonj.cuda.blas}, {@code
 * io.gluonj.cuda.dnn} and {@code io.gluonj.cuda.nccl}.
 */
@NullMarked
package io.gluonj.cuda.binding;

import org.jspecify.annotations.NullMarked;
