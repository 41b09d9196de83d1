package io.gluonj.gluon;

import io.gluonj.initializer.Initializer;
import io.gluonj.tensor.GradReq;
import io.gluonj.types.DType;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What a parameter is to be: shape, type, first values, gradient. Immutable; built by chaining. */
public final class ParamSpec {
  /** An extent that the first input determines. */
  public static final long UNKNOWN = 0;

  private final Shape shape;
  private final DType dtype;
  private final @Nullable Initializer init;
  private final GradReq gradReq;
  private final double lrMult;
  private final double wdMult;
  private final boolean differentiable;

  private ParamSpec(
      Shape shape,
      DType dtype,
      @Nullable Initializer init,
      GradReq gradReq,
      double lrMult,
      double wdMult,
      boolean differentiable) {
    this.shape = shape;
    this.dtype = dtype;
    this.init = init;
    this.gradReq = gradReq;
    this.lrMult = lrMult;
    this.wdMult = wdMult;
    this.differentiable = differentiable;
  }

  /**
   * A float32 parameter with gradient and the network's initializer.
   *
   * @param dims extents; {@link #UNKNOWN} (or -1) where the first input determines them
   */
  public static ParamSpec shape(long... dims) {
    return of(Shape.ofGluon(dims));
  }

  /** A float32 parameter of a shape, which may be unknown in part or altogether. */
  public static ParamSpec of(Shape shape) {
    return new ParamSpec(shape, DType.FLOAT32, null, GradReq.WRITE, 1, 1, true);
  }

  /** Adds extents at the end of the shape. */
  public ParamSpec append(int... dims) {
    return append(Arrays.stream(dims).asLongStream().toArray());
  }

  /** Adds extents at the end of the shape. */
  public ParamSpec append(long... dims) {
    Shape more = Shape.ofGluon(dims);
    long[] all =
        LongStream.concat(Arrays.stream(shape.dims()), Arrays.stream(more.dims())).toArray();
    return new ParamSpec(Shape.of(all), dtype, init, gradReq, lrMult, wdMult, differentiable);
  }

  /** First values by name, for example {@code zeros}; empty for the network's initializer. */
  public ParamSpec init(String spec) {
    return spec.isEmpty() ? this : init(Initializer.of(spec));
  }

  /** First values; null leaves what has been said before. */
  public ParamSpec init(@Nullable Initializer initializer) {
    return initializer == null
        ? this
        : new ParamSpec(shape, dtype, initializer, gradReq, lrMult, wdMult, differentiable);
  }

  /** What backward does with the gradient: {@code write}, {@code add} or {@code null}. */
  public ParamSpec gradReq(String request) {
    return gradReq(
        switch (request.toLowerCase(Locale.ROOT)) {
          case "write" -> GradReq.WRITE;
          case "add" -> GradReq.ADD;
          case "null" -> GradReq.NULL;
          default ->
              throw new InvalidArgumentException(
                  "gradReq '" + request + "' was asked for",
                  "a gradient is written, added or not kept",
                  "use write, add or null");
        });
  }

  /** What backward does with the gradient. */
  public ParamSpec gradReq(GradReq request) {
    return new ParamSpec(shape, dtype, init, request, lrMult, wdMult, differentiable);
  }

  /** Factor on the trainer's learning rate. */
  public ParamSpec lrMult(double factor) {
    return new ParamSpec(shape, dtype, init, gradReq, factor, wdMult, differentiable);
  }

  /** Factor on the trainer's weight decay. */
  public ParamSpec wdMult(double factor) {
    return new ParamSpec(shape, dtype, init, gradReq, lrMult, factor, differentiable);
  }

  /** Element type by NumPy's name. */
  public ParamSpec dtype(String name) {
    return dtype(DType.of(name));
  }

  public ParamSpec dtype(DType type) {
    return new ParamSpec(shape, type, init, gradReq, lrMult, wdMult, differentiable);
  }

  /** A parameter that never has a gradient, such as running statistics. */
  public ParamSpec notDifferentiable() {
    return new ParamSpec(shape, dtype, init, GradReq.NULL, lrMult, wdMult, false);
  }

  /** The shape asked for. */
  public Shape extents() {
    return shape;
  }

  public DType elementType() {
    return dtype;
  }

  /** The parameter's own initializer; null for the network's. */
  public @Nullable Initializer initializer() {
    return init;
  }

  public GradReq gradient() {
    return differentiable ? gradReq : GradReq.NULL;
  }

  public double learningRateFactor() {
    return lrMult;
  }

  public double weightDecayFactor() {
    return wdMult;
  }

  public boolean isDifferentiable() {
    return differentiable;
  }
}
