package io.gluonj.tensor;

import io.gluonj.backend.Backends;
import io.gluonj.backend.Storage;
import io.gluonj.types.AutogradException;
import io.gluonj.types.ClosedException;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.MemoryOwner;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An array of values on a device. Its memory is freed by {@link #close}, by the enclosing {@link
 * TensorScope}, or by the garbage collector when it is forgotten. Operators never change an array;
 * {@link #set} and optimizer steps give it new values by exchanging its storage.
 */
public final class NDArray implements Tensor, NDArrayOps, AutoCloseable {
  private final TensorType type;
  private final Device device;
  private final Lease lease;
  private volatile @Nullable Leaf leaf;
  private volatile @Nullable MemoryOwner owner;

  NDArray(TensorType type, Storage storage) {
    this.type = type;
    this.device = storage.device();
    this.lease = new Lease(this, storage);
    TensorScope.register(this);
  }

  // ------------------------------------------------------------------ making arrays

  /** A float32 array on the CPU. */
  public static NDArray of(float[] values, long... shape) {
    return of(values, Shape.of(shape), Device.cpu());
  }

  /** A float32 array with the given values in row-major order. */
  public static NDArray of(float[] values, Shape shape, Device device) {
    return of(MemorySegment.ofArray(values), new TensorType(shape, DType.FLOAT32), device);
  }

  /** An int32 array on the CPU. */
  public static NDArray of(int[] values, long... shape) {
    return of(
        MemorySegment.ofArray(values), new TensorType(Shape.of(shape), DType.INT32), Device.cpu());
  }

  /** A float32 matrix on the CPU. */
  public static NDArray of(float[][] rows) {
    return NewArrays.matrix(rows);
  }

  /** An array from raw values in the machine's byte order; the values are copied. */
  public static NDArray of(MemorySegment values, TensorType type, Device device) {
    return NewArrays.of(values, type, device);
  }

  /** Zeros, float32, on the CPU. */
  public static NDArray zeros(long... shape) {
    return zeros(Shape.of(shape), Device.cpu());
  }

  /** Zeros, float32. */
  public static NDArray zeros(Shape shape, Device device) {
    return full(0, new TensorType(shape, DType.FLOAT32), device);
  }

  /** Ones, float32, on the CPU. */
  public static NDArray ones(long... shape) {
    return ones(Shape.of(shape), Device.cpu());
  }

  /** Ones, float32. */
  public static NDArray ones(Shape shape, Device device) {
    return full(1, new TensorType(shape, DType.FLOAT32), device);
  }

  /** An array with one value everywhere. */
  public static NDArray full(double value, TensorType type, Device device) {
    return NewArrays.full(value, type, device);
  }

  /** A single float32 value of rank 0. */
  public static NDArray scalar(double value, Device device) {
    return full(value, new TensorType(Shape.scalar(), DType.FLOAT32), device);
  }

  /** 0, 1, …, n-1, float32, on the CPU. */
  public static NDArray arange(int n) {
    return arange(n, Device.cpu());
  }

  /** 0, 1, …, n-1, float32. */
  public static NDArray arange(int n, Device device) {
    return NewArrays.arange(n, device);
  }

  // ------------------------------------------------------------------ reading

  @Override
  public TensorType type() {
    return type;
  }

  public Device device() {
    return device;
  }

  /** Number of elements. */
  public long size() {
    return type.shape().size();
  }

  /** A copy of the values as float32, row-major. */
  public float[] toFloats() {
    float[] values = new float[Math.toIntExact(size())];
    if (dtype() == DType.FLOAT32) {
      download(MemorySegment.ofArray(values));
      return values;
    }
    double[] wide = toDoubles();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) wide[i];
    }
    return values;
  }

  /** A copy of the values as float64, row-major. */
  public double[] toDoubles() {
    double[] values = new double[Math.toIntExact(size())];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment host = arena.allocate(Math.max(1, type.bytes())).asSlice(0, type.bytes());
      download(host);
      for (int i = 0; i < values.length; i++) {
        values[i] = dtype().read(host, i);
      }
    }
    return values;
  }

  /**
   * The value of an array with one element. Waits for the device.
   *
   * @throws InvalidArgumentException if there are more or none
   */
  public double item() {
    if (size() != 1) {
      throw new InvalidArgumentException(
          "item() of an array of shape " + shape(),
          "only an array with exactly one element is a number",
          "reduce it first: mean() or sum(), or read toFloats()");
    }
    return toDoubles()[0];
  }

  /** Copies the raw values into {@code host}, which must have as many bytes as this array. */
  public void download(MemorySegment host) {
    Storage storage = lease.acquire(this);
    try {
      if (host.byteSize() > 0) {
        Backends.of(device).download(device, storage.address(), host);
      }
    } finally {
      storage.release();
    }
  }

  /**
   * This array on a device; itself if it is there already. While {@link Autograd} records,
   * gradients flow back to this array's device.
   */
  public NDArray to(Device target) {
    return target.equals(device) ? this : Transfer.recorded(this, target);
  }

  /** {@link #to}, under the name it has in Gluon 1.x ({@code as_in_context}). */
  public NDArray asInContext(Device target) {
    return to(target);
  }

  /** A copy on a device, outside any recorded computation. */
  public NDArray copyTo(Device target) {
    return Transfer.copy(this, target);
  }

  // ------------------------------------------------------------------ changing

  /** Replaces all values. */
  public void set(float[] values) {
    try (NDArray fresh = of(values, shape(), device);
        NDArray cast =
            dtype() == DType.FLOAT32 ? null : Autograd.detached(() -> fresh.cast(dtype()))) {
      set(cast == null ? fresh : cast);
    }
  }

  /**
   * Takes over the values of another array of the same shape and type; without a copy if it lies on
   * the same device.
   */
  public void set(NDArray other) {
    if (!other.type.equals(type)) {
      throw new InvalidArgumentException(
          "an array of type " + other.type + " was assigned to one of type " + type,
          "shape and element type of an array never change",
          "reshape or cast the new values first");
    }
    try (NDArray moved = other.device.equals(device) ? null : other.copyTo(device)) {
      NDArray source = moved == null ? other : moved;
      Storage storage = source.lease.acquire(source);
      adopt(storage);
    }
  }

  /** Exchanges the storage; the caller's use of {@code storage} passes to this array. */
  void adopt(Storage storage) {
    MemoryOwner known = owner;
    if (known != null) {
      storage.owner(known);
    }
    lease.exchange(this, storage);
  }

  /**
   * States what this array's memory counts as in reports, now and whenever its values are replaced.
   */
  public NDArray ownedBy(MemoryOwner purpose) {
    owner = purpose;
    Storage storage = lease.acquire(this);
    storage.owner(purpose);
    storage.release();
    return this;
  }

  // ------------------------------------------------------------------ gradients

  /** Begins to collect gradients for this array in {@link #grad}, overwritten by each backward. */
  public void attachGrad() {
    attachGrad(GradReq.WRITE);
  }

  /** Begins to collect gradients; detaches the array from the computation that made it. */
  public void attachGrad(GradReq request) {
    lease.madeBy(null);
    leaf =
        request == GradReq.NULL
            ? null
            : new Leaf(
                request, zerosBeside(), new AtomicBoolean(), new TapeEntry.Edge(this, null, 0));
  }

  private NDArray zerosBeside() {
    MemoryOwner known = owner;
    var purpose =
        new MemoryOwner(MemoryOwner.Kind.GRADIENT, known == null ? "array" : known.label());
    return purpose.during(() -> TensorScope.outside(() -> full(0, type, device))).ownedBy(purpose);
  }

  /** The collected gradient. */
  public NDArray grad() {
    Leaf current = leaf;
    if (current == null) {
      throw new AutogradException(
          "grad() of an array of shape " + shape(),
          "no gradient is collected for it",
          "call attachGrad() before recording");
    }
    return current.grad();
  }

  /** Whether a gradient is collected here. */
  public boolean hasGrad() {
    return leaf != null;
  }

  /** This array's values, cut off from the computation that made them. */
  public NDArray detach() {
    return new NDArray(type, lease.acquire(this));
  }

  /**
   * Gradients of this array with respect to everything it was computed from, with head gradient 1.
   */
  public void backward() {
    backward(false);
  }

  /**
   * Gradients of this array.
   *
   * @param retainGraph keeps what a further backward through the same computation needs
   */
  public void backward(boolean retainGraph) {
    Autograd.backward(List.of(this), null, retainGraph);
  }

  @Nullable Leaf leaf() {
    return leaf;
  }

  /** The recorded computation that made this array, if any. */
  TapeEntry.@Nullable Edge madeBy() {
    return lease.madeBy();
  }

  /** States what made this array; a use of that passes to it. */
  void recordedAs(TapeEntry.Edge made) {
    lease.madeBy(made);
  }

  /** Whether gradients flow to or through this array. */
  boolean tracked() {
    return leaf != null || lease.madeBy() != null;
  }

  // ------------------------------------------------------------------ lifetime

  /** The storage, retained for the caller. */
  Storage acquire() {
    return lease.acquire(this);
  }

  public boolean isClosed() {
    return lease.isClosed();
  }

  /** Frees the memory. Further use throws {@link ClosedException}; closing again does nothing. */
  @Override
  public void close() {
    lease.close();
  }

  /** Values (at most 1000 of them) in MXNet's form. */
  @Override
  public String toString() {
    if (isClosed()) {
      return "<NDArray " + shape() + " @" + device + ", closed>";
    }
    return ArrayPrinter.print(this);
  }

  /** Identity, as for every object with a state. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** What collects the gradient of an array that was not computed. */
  record Leaf(GradReq request, NDArray grad, AtomicBoolean fresh, TapeEntry.Edge edge) {}

  /**
   * Whether a backward pass has written the gradient since the last call of this method with {@code
   * clear}: how a trainer finds parameters that took no part in the computation.
   */
  public boolean hasFreshGrad(boolean clear) {
    Leaf current = leaf;
    return current != null && (clear ? current.fresh().getAndSet(false) : current.fresh().get());
  }

  /** Whether both arrays have the same type and values up to a relative tolerance (1 + |b|). */
  public boolean isClose(NDArray other, double tolerance) {
    if (!type.equals(other.type)) {
      return false;
    }
    double[] a = toDoubles();
    double[] b = other.toDoubles();
    return IntStream.range(0, a.length)
        .allMatch(i ->
            a[i] == b[i]
                || (Double.isNaN(a[i]) && Double.isNaN(b[i]))
                || Math.abs(a[i] - b[i]) <= tolerance * (1 + Math.abs(b[i])));
  }
}
