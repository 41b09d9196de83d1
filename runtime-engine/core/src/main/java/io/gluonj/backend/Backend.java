package io.gluonj.backend;

import io.gluonj.op.LoopNest;
import io.gluonj.op.Op;
import io.gluonj.types.Device;
import io.gluonj.types.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A kind of device. Implementations are found by {@link java.util.ServiceLoader} and must load no
 * native library before {@link #availability()} or a method that needs it is called.
 *
 * <p>All kernels and memory of a backend may be used from several threads at once.
 */
public interface Backend {
  /**
   * Whether a backend can be used here, and what was found or what is missing and how to get it.
   */
  record Availability(boolean usable, String detail) {}

  /** The kind of device this backend runs. */
  Device.Kind kind();

  /** Looks for the libraries and devices it needs; never throws. */
  Availability availability();

  /** Which backend {@code Device.best()} prefers: the highest usable. */
  int preference();

  /** The memory of one of its devices. */
  DeviceMemory memory(Device device);

  /**
   * Compiles a loop nest.
   *
   * @param inputs number of operands of the operator that are inputs: load {@code k} reads address
   *     {@code k}, store {@code k} writes address {@code inputs + k}
   */
  Kernel loops(Device device, LoopNest nest, int inputs);

  /** Compiles a library operator for operands of these types, row-major and contiguous. */
  Kernel library(Device device, Op.Library op, List<TensorType> in, List<TensorType> out);

  /** Compiles a user's operator. */
  Kernel custom(Device device, Op.Custom op, List<TensorType> in, List<TensorType> out);

  /** Copies from host memory to an address of the device; returns when the host may be reused. */
  void upload(Device device, MemorySegment host, long address);

  /** Copies {@code host.byteSize()} bytes from an address of the device, after all work on it. */
  void download(Device device, long address, MemorySegment host);
}
