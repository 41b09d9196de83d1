/**
 * Sums of equal arrays across the GPUs of one machine, by NCCL where it loads. Where it does not,
 * the engine copies from device to device and adds, so there is no second implementation here.
 */
@NullMarked
package io.gluonj.cuda.nccl;

import org.jspecify.annotations.NullMarked;
