/**
 * A GPU in software, for tests: stubs of libcuda, libcublas and libcudnn in C, found by the dynamic
 * linker under the names of the real ones, so that the real backend runs through the real JNI
 * halves of JCuda. Kernels call back into {@link io.gluonj.ptx.PtxMachine}.
 *
 * <p>Work runs as late as streams allow, so that a missing event or a buffer used again too early
 * shows. Nothing here says anything about speed on hardware.
 */
@NullMarked
package io.gluonj.softgpu;

import org.jspecify.annotations.NullMarked;
