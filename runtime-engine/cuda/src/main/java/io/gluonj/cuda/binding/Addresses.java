package io.gluonj.cuda.binding;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Raw addresses as the pointer types of the bindings. */
public final class Addresses {
  private static final Map<Double, MemorySegment> FLOATS = new ConcurrentHashMap<>();
  private static final Map<Double, MemorySegment> DOUBLES = new ConcurrentHashMap<>();

  private Addresses() {}

  /**
   * Host memory that holds a scalar for good, as the libraries' scaling factors are passed.
   *
   * @param wide whether as float64, else as float32
   */
  public static long scalar(double value, boolean wide) {
    return (wide ? DOUBLES : FLOATS)
        .computeIfAbsent(
            value,
            v ->
                wide
                    ? Arena.global().allocateFrom(ValueLayout.JAVA_DOUBLE, v)
                    : Arena.global().allocateFrom(ValueLayout.JAVA_FLOAT, v.floatValue()))
        .address();
  }

  /** For JCuda. */
  public static jcuda.Pointer jcuda(long address) {
    return new JCudaAddress(address);
  }

  /** For JavaCPP. It owns nothing and is never freed. */
  public static org.bytedeco.javacpp.Pointer bytedeco(long address) {
    return new BytedecoAddress(address);
  }

  private static final class JCudaAddress extends jcuda.Pointer {
    JCudaAddress(long address) {
      super(address);
    }
  }

  private static final class BytedecoAddress extends org.bytedeco.javacpp.Pointer {
    BytedecoAddress(long address) {
      this.address = address;
    }
  }
}
