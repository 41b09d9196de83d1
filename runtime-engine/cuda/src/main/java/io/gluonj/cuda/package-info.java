/**
 * NVIDIA's driver API, as far as the engine needs it, on JCuda: devices, streams, events, memory,
 * modules, graphs, and one place where return codes become exceptions.
 *
 * <p>It needs the NVIDIA driver and nothing else of CUDA. It knows no operator and no tensor; that
 * is {@code io.gluonj.backend.cuda}. Loading a class of this package loads no native library.
 */
@NullMarked
package io.gluonj.cuda;

import org.jspecify.annotations.NullMarked;
