package io.gluonj.backend;

import io.gluonj.op.LoopNest;
import io.gluonj.op.Op;
import io.gluonj.types.DType;
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
   * Whether a backend or one of its devices can be used here.
   *
   * @param detail what was found, or what is missing; may have several lines
   * @param fix what the user can do where it is not usable; empty where it is
   */
  record Availability(boolean usable, String detail, String fix) {
    /** It can be used. */
    public static Availability usable(String detail) {
      return new Availability(true, detail, "");
    }

    /** It cannot. */
    public static Availability missing(String detail, String fix) {
      return new Availability(false, detail, fix);
    }
  }

  /** The kind of device this backend runs. */
  Device.Kind kind();

  /** Looks for the libraries and devices it needs; never throws. */
  Availability availability();

  /** Whether one device of this kind can be used; never throws. */
  default Availability availability(Device device) {
    return availability();
  }

  /** How many devices of this kind there are to choose from; never throws. */
  default int count() {
    return availability().usable() ? 1 : 0;
  }

  /**
   * Which libraries it can do better with were found, and which not and why, a line for each. Loads
   * them; never throws.
   */
  default List<String> libraries() {
    return List.of();
  }

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

  /**
   * Whether {@link #loops} takes so long that the kernels of a program are better compiled by
   * several threads at once.
   */
  default boolean compilesInParallel() {
    return false;
  }

  /**
   * Whether a kernel of {@link #loops} without a reduction may write an output over an input that
   * it reads at the same places, and has done so when it returns.
   */
  default boolean writesInPlace() {
    return false;
  }

  /** Compiles a library operator for operands of these types, row-major and contiguous. */
  Kernel library(Device device, Op.Library op, List<TensorType> in, List<TensorType> out);

  /** What computes a library operator, in a few words for documents; loads nothing. */
  default String lowering(Op.Library op) {
    return "its definition, in plain loops";
  }

  /**
   * Whether there is a kernel for a composite operator as a whole, faster than those of its
   * expansion. Such an operator computes the same in training and in prediction.
   */
  default boolean runsWhole(Op.Composite op, List<TensorType> in) {
    return false;
  }

  /** Compiles a composite operator that {@link #runsWhole}. */
  default Kernel composite(
      Device device, Op.Composite op, List<TensorType> in, List<TensorType> out) {
    throw new IllegalStateException(op + " must be decomposed before it is compiled");
  }

  /**
   * Whether products of operands of this type run faster on a device than those of float32. Those
   * that do not are right all the same.
   */
  default boolean multipliesFaster(Device device, DType type) {
    return false;
  }

  /** Whether chains of operators over images are faster with channels as the last axis. */
  default boolean channelsLast() {
    return false;
  }

  /** Compiles a user's operator. */
  Kernel custom(Device device, Op.Custom op, List<TensorType> in, List<TensorType> out);

  /**
   * Prepares kernels to be run one after another, over and over. A device that works behind the
   * program's back may return from {@link Schedule#run} before they have finished; whatever is
   * asked of the device later happens after them.
   */
  default Schedule schedule(Device device, List<Schedule.Step> steps) {
    return Schedule.inOrder(steps);
  }

  /** Copies from host memory to an address of the device; returns when the host may be reused. */
  void upload(Device device, MemorySegment host, long address);

  /** Copies {@code host.byteSize()} bytes from an address of the device, after all work on it. */
  void download(Device device, long address, MemorySegment host);

  /** Copies between two devices of this kind, or within one, after all work on both. */
  void copy(Device from, long source, Device to, long target, long bytes);

  /**
   * Sums equally typed arrays on different devices of this kind into one result on each of them, if
   * there is a faster way than copying and adding.
   *
   * @return whether it was done
   */
  default boolean sumAcross(List<Storage> parts, List<Storage> totals, TensorType type) {
    return false;
  }

  /** Waits until all work on a device is done. */
  default void synchronize(Device device) {}
}
