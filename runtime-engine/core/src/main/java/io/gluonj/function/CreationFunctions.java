package io.gluonj.function;

import io.gluonj.op.Creation;
import io.gluonj.op.Generators;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A part of {@link F}, which is what programs name; generated from the operators' schemas. */
public abstract sealed class CreationFunctions extends Calls permits ArithmeticFunctions {
  CreationFunctions() {}

  /**
   * Numbers from {@code start} to before {@code stop} in steps, each {@code repeat} times; from 0
   * to before {@code start} if there is no stop.
   */
  public static NDArray arange(double start) {
    return create(new Creation.Arange(start, Optional.empty(), 1, 1, DType.FLOAT32));
  }

  /**
   * Numbers from {@code start} to before {@code stop} in steps, each {@code repeat} times; from 0
   * to before {@code start} if there is no stop.
   *
   * <p>MXNet {@code _arange}.
   */
  public static NDArray arange(Consumer<ArangeAttributes> attributes) {
    return create(set(new ArangeAttributes(), attributes).op());
  }

  /** Attributes of {@code arange}. */
  public static final class ArangeAttributes extends Attributes {
    private double start = 0;
    private Optional<Double> stop = Optional.empty();
    private double step = 1;
    private int repeat = 1;
    private DType dtype = DType.FLOAT32;

    private ArangeAttributes() {}

    /** The first number; must be given. */
    public ArangeAttributes start(double start) {
      given("start");
      this.start = start;
      return this;
    }

    /** The end, exclusive; none by default. */
    public ArangeAttributes stop(double stop) {
      this.stop = Optional.of(stop);
      return this;
    }

    /** The steps, axis by axis; 1 by default. */
    public ArangeAttributes step(double step) {
      this.step = step;
      return this;
    }

    /** How often each number occurs; 1 by default. */
    public ArangeAttributes repeat(int repeat) {
      this.repeat = repeat;
      return this;
    }

    /** The element type of the result; {@code float32} by default. */
    public ArangeAttributes dtype(DType dtype) {
      this.dtype = dtype;
      return this;
    }

    private Creation.Arange op() {
      require("arange", "start");
      return new Creation.Arange(start, stop, step, repeat, dtype);
    }
  }

  /** Ones on diagonal {@code k}, else zeros; {@code columns} 0 means square. */
  public static NDArray eye(long rows) {
    return create(new Creation.Eye(rows, 0L, 0L, DType.FLOAT32));
  }

  /**
   * Ones on diagonal {@code k}, else zeros; {@code columns} 0 means square.
   *
   * <p>MXNet {@code _eye}.
   */
  public static NDArray eye(Consumer<EyeAttributes> attributes) {
    return create(set(new EyeAttributes(), attributes).op());
  }

  /** Attributes of {@code eye}. */
  public static final class EyeAttributes extends Attributes {
    private long rows = 0L;
    private long columns = 0L;
    private long k = 0L;
    private DType dtype = DType.FLOAT32;

    private EyeAttributes() {}

    /** The number of rows; must be given. */
    public EyeAttributes rows(long rows) {
      given("rows");
      this.rows = rows;
      return this;
    }

    /** The number of columns; 0 for as many as rows; 0 by default. */
    public EyeAttributes columns(long columns) {
      this.columns = columns;
      return this;
    }

    /**
     * How many, or which diagonal: 0 is the main one and positive ones lie above it; 0 by default.
     */
    public EyeAttributes k(long k) {
      this.k = k;
      return this;
    }

    /** The element type of the result; {@code float32} by default. */
    public EyeAttributes dtype(DType dtype) {
      this.dtype = dtype;
      return this;
    }

    private Creation.Eye op() {
      require("eye", "rows");
      return new Creation.Eye(rows, columns, k, dtype);
    }
  }

  /** One value everywhere. */
  public static NDArray full(double value) {
    return create(new Creation.Full(List.of(), DType.FLOAT32, value));
  }

  /**
   * One value everywhere.
   *
   * <p>MXNet {@code _full}.
   */
  public static NDArray full(Consumer<FullAttributes> attributes) {
    return create(set(new FullAttributes(), attributes).op());
  }

  /** Attributes of {@code full}. */
  public static final class FullAttributes extends Attributes {
    private List<Long> shape = List.of();
    private DType dtype = DType.FLOAT32;
    private double value = 0;

    private FullAttributes() {}

    /** The shape; none by default. */
    public FullAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; {@code float32} by default. */
    public FullAttributes dtype(DType dtype) {
      this.dtype = dtype;
      return this;
    }

    /** The value; must be given. */
    public FullAttributes value(double value) {
      given("value");
      this.value = value;
      return this;
    }

    private Creation.Full op() {
      require("full", "value");
      return new Creation.Full(shape, dtype, value);
    }
  }

  /** {@code num} numbers evenly spaced from {@code start} to {@code stop}. */
  public static NDArray linspace(double start, double stop, long num) {
    return create(new Creation.Linspace(start, stop, num, true, DType.FLOAT32));
  }

  /**
   * {@code num} numbers evenly spaced from {@code start} to {@code stop}.
   *
   * <p>MXNet {@code _linspace}.
   */
  public static NDArray linspace(Consumer<LinspaceAttributes> attributes) {
    return create(set(new LinspaceAttributes(), attributes).op());
  }

  /** Attributes of {@code linspace}. */
  public static final class LinspaceAttributes extends Attributes {
    private double start = 0;
    private double stop = 0;
    private long num = 0L;
    private boolean endpoint = true;
    private DType dtype = DType.FLOAT32;

    private LinspaceAttributes() {}

    /** The first number; must be given. */
    public LinspaceAttributes start(double start) {
      given("start");
      this.start = start;
      return this;
    }

    /** The end, exclusive; must be given. */
    public LinspaceAttributes stop(double stop) {
      given("stop");
      this.stop = stop;
      return this;
    }

    /** How many numbers; must be given. */
    public LinspaceAttributes num(long num) {
      given("num");
      this.num = num;
      return this;
    }

    /** Whether stop is the last number; true by default. */
    public LinspaceAttributes endpoint(boolean endpoint) {
      this.endpoint = endpoint;
      return this;
    }

    /** The element type of the result; {@code float32} by default. */
    public LinspaceAttributes dtype(DType dtype) {
      this.dtype = dtype;
      return this;
    }

    private Creation.Linspace op() {
      require("linspace", "start", "stop", "num");
      return new Creation.Linspace(start, stop, num, endpoint, dtype);
    }
  }

  /**
   * Ones.
   *
   * <p>MXNet {@code _ones}.
   */
  public static NDArray ones(Consumer<OnesAttributes> attributes) {
    return create(set(new OnesAttributes(), attributes).op());
  }

  /** Attributes of {@code ones}. */
  public static final class OnesAttributes extends Attributes {
    private List<Long> shape = List.of();
    private DType dtype = DType.FLOAT32;

    private OnesAttributes() {}

    /** The shape; none by default. */
    public OnesAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; {@code float32} by default. */
    public OnesAttributes dtype(DType dtype) {
      this.dtype = dtype;
      return this;
    }

    private Creation.Ones op() {
      return new Creation.Ones(shape, dtype);
    }
  }

  /**
   * Ones in the shape and type of the input.
   *
   * <p>MXNet {@code ones_like}.
   */
  public static <T extends Tensor> T onesLike(T data) {
    return one(new Generators.OnesLike(), data);
  }

  /**
   * Zeros.
   *
   * <p>MXNet {@code _zeros}.
   */
  public static NDArray zeros(Consumer<ZerosAttributes> attributes) {
    return create(set(new ZerosAttributes(), attributes).op());
  }

  /** Attributes of {@code zeros}. */
  public static final class ZerosAttributes extends Attributes {
    private List<Long> shape = List.of();
    private DType dtype = DType.FLOAT32;

    private ZerosAttributes() {}

    /** The shape; none by default. */
    public ZerosAttributes shape(long... shape) {
      this.shape = list(shape);
      return this;
    }

    /** The element type of the result; {@code float32} by default. */
    public ZerosAttributes dtype(DType dtype) {
      this.dtype = dtype;
      return this;
    }

    private Creation.Zeros op() {
      return new Creation.Zeros(shape, dtype);
    }
  }

  /**
   * Zeros in the shape and type of the input.
   *
   * <p>MXNet {@code zeros_like}.
   */
  public static <T extends Tensor> T zerosLike(T data) {
    return one(new Generators.ZerosLike(), data);
  }
}
