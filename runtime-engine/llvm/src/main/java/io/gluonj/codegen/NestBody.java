package io.gluonj.codegen;

import io.gluonj.codegen.Space.Axis;
import io.gluonj.op.LoopNest;
import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a nest computes at one position, whoever walks there: loads, expressions, the step of the
 * reduction, stores.
 */
final class NestBody {
  /**
   * A position: integers for the axes of the space.
   *
   * @param reduced empty where the reduction is over
   * @param ahead steps further along the last axis given, so that neighbours differ by constants
   */
  record Position(List<String> parallel, List<String> reduced, int ahead) {
    Position(List<String> parallel, List<String> reduced) {
      this(parallel, reduced, 0);
    }
  }

  private final Target target;
  private final LoopNest nest;
  private final Space space;
  private final IrWriter out;
  private final FloatType type;
  private final Elements elements;
  private final String index;

  /** The extent that the code is told; 0 where it is told none that expressions may read. */
  private long told;

  NestBody(Target target, LoopNest nest, Space space, IrWriter out) {
    this(target, nest, space, out, "i64");
  }

  /**
   * A body.
   *
   * @param index the integer type of positions, which holds every place that they lead to
   */
  NestBody(Target target, LoopNest nest, Space space, IrWriter out, String index) {
    this.target = target;
    this.nest = nest;
    this.space = space;
    this.out = out;
    this.index = index;
    this.type = FloatType.of(nest.compute());
    this.elements = new Elements(out, type);
  }

  /**
   * States that {@code %extent} has a value: where expressions have the same constant, as a mean
   * over a batch has, the code is that for any extent.
   */
  NestBody told(long extent) {
    told = extent;
    return this;
  }

  /** Name of the pointer to an input. */
  static String input(int operand) {
    return "%in" + operand;
  }

  /** Name of the pointer to an output. */
  static String output(int operand) {
    return "%out" + operand;
  }

  FloatType type() {
    return type;
  }

  /** The value that the reduction begins with. */
  String identity() {
    return type.constant(nest.reduction().identity());
  }

  /** The values of the stores' bodies. */
  List<String> values(Position at) {
    var expressions = new Expressions(target, out, type, new At(at, i -> null));
    return nest.stores().stream().map(s -> expressions.value(s.body())).toList();
  }

  /**
   * The value of an expression at a position.
   *
   * @param given values of arguments that are known already; null for those to be loaded
   */
  String value(Scalar e, Position at, IntFunction<@Nullable String> given) {
    return new Expressions(target, out, type, new At(at, given)).value(e);
  }

  /**
   * One step of the reduction. The order of sums and products is free, so that loops over them
   * vectorize; NaN and infinities keep their meaning.
   */
  String combine(String acc, String value) {
    return combine(nest.reduction(), acc, value);
  }

  /** One step of any reduction. */
  String combine(Reduction reduction, String acc, String value) {
    String ir = type.ir();
    return switch (reduction) {
      case NONE -> value;
      case SUM -> out.value("fadd reassoc nsz contract " + ir + " " + acc + ", " + value);
      case PROD -> out.value("fmul reassoc nsz contract " + ir + " " + acc + ", " + value);
      case MAX -> out.call(ir, "llvm.maximum." + type.suffix(), ir, acc, value);
      case MIN -> out.call(ir, "llvm.minimum." + type.suffix(), ir, acc, value);
    };
  }

  /** Applies the epilogues and stores. */
  void store(Position at, List<String> values) {
    for (int k = 0; k < values.size(); k++) {
      String reduced = values.get(k);
      write(k, at, value(nest.stores().get(k).epilogue(), at, i -> reduced));
    }
  }

  /** Writes a value where a store writes. */
  void write(int store, Position at, String value) {
    Access access = nest.stores().get(store).access();
    elements.store(
        access.dtype(),
        output(access.operand()),
        element(access.offset(), at, axis -> axis.stores().get(store)),
        value);
  }

  /** {@code offset} plus the steps of all axes, the innermost last: the rest is invariant there. */
  private String element(long offset, Position at, Function<Axis, Long> step) {
    return wide(steps(offset == 0 ? "" : String.valueOf(offset), at, step), at, step);
  }

  private String steps(String start, Position at, Function<Axis, Long> step) {
    String sum = steps(start, space.parallel(), at.parallel(), step);
    sum = steps(sum, space.reduced(), at.reduced(), step);
    return sum.isEmpty() ? "0" : sum;
  }

  private String steps(
      String start, List<Axis> axes, List<String> positions, Function<Axis, Long> step) {
    String sum = start;
    for (int i = 0; i < positions.size(); i++) {
      long stride = step.apply(axes.get(i));
      String position = positions.get(i);
      if (stride == 0 || position.equals("0")) {
        continue;
      }
      String part =
          stride == 1 ? position : out.value("mul nsw " + index + " " + position + ", " + stride);
      sum = sum.isEmpty() ? part : out.value("add nsw " + index + " " + sum + ", " + part);
    }
    return sum;
  }

  /** A sum of steps as i64, and further by what the position is ahead. */
  private String wide(String sum, Position at, Function<Axis, Long> step) {
    boolean number = !sum.startsWith("%");
    String wide =
        number || index.equals("i64") ? sum : out.value("sext " + index + " " + sum + " to i64");
    long further = at.ahead() == 0 ? 0 : at.ahead() * step.apply(last(at));
    if (further == 0) {
      return wide;
    }
    return number
        ? String.valueOf(Long.parseLong(wide) + further)
        : out.value("add nsw i64 " + wide + ", " + further);
  }

  private Axis last(Position at) {
    return at.reduced().isEmpty()
        ? space.parallel().get(at.parallel().size() - 1)
        : space.reduced().get(at.reduced().size() - 1);
  }

  /** Leaves at a position. */
  private final class At implements Expressions.Leaves {
    private final Position at;
    private final IntFunction<@Nullable String> given;

    At(Position at, IntFunction<@Nullable String> given) {
      this.at = at;
      this.given = given;
    }

    @Override
    public String arg(int index) {
      String known = given.apply(index);
      if (known != null) {
        return known;
      }
      Access access = nest.loads().get(index);
      String element = element(access.offset(), at, axis -> axis.loads().get(index));
      if (access.indices().isEmpty()) {
        return elements.load(access.dtype(), input(access.operand()), element);
      }
      var place = new Lookup(target, out, this::wide).place(element, access.indices());
      String value = elements.load(access.dtype(), input(access.operand()), place.element());
      return place.exists() == null
          ? value
          : out.value(
              "select i1 %s, %s %s, %s %s"
                  .formatted(place.exists(), type.ir(), value, type.ir(), type.constant(0)));
    }

    /** The leaves of an index, which is computed in float64 whatever the nest computes in. */
    private Expressions.Leaves wide() {
      var wide = new Elements(out, FloatType.F64);
      return new Expressions.Leaves() {
        @Override
        public String arg(int index) {
          Access access = nest.loads().get(index);
          String element = element(access.offset(), at, axis -> axis.loads().get(index));
          return wide.load(access.dtype(), input(access.operand()), element);
        }

        @Override
        public String index() {
          return At.this.index();
        }

        @Override
        public String iota(int axis) {
          return At.this.iota(axis);
        }

        @Override
        public String uniform(int key, int site) {
          throw new IllegalArgumentException("an index is not drawn at random");
        }
      };
    }

    /** Few processors convert vectors of 64-bit integers to floating-point numbers. */
    @Override
    public String index() {
      return short32() ? "i32" : index;
    }

    @Override
    public @Nullable String constant(double value) {
      return told > 0 && value == told ? out.value("sitofp i64 %extent to " + type.ir()) : null;
    }

    private boolean short32() {
      return Stream.concat(space.parallel().stream(), space.reduced().stream())
          .allMatch(axis -> axis.iota() < 0 || axis.extent() <= Integer.MAX_VALUE);
    }

    @Override
    public String iota(int axis) {
      String position = position(axis);
      return index.equals("i32") || position.equals("0") || !short32()
          ? position
          : out.value("trunc " + index + " " + position + " to i32");
    }

    private String position(int axis) {
      String position =
          positionOf(axis, space.parallel(), at.parallel())
              .or(() -> positionOf(axis, space.reduced(), at.reduced()))
              .orElse("0"); // an axis of one position, or one that is reduced already
      return at.ahead() == 0 || last(at).iota() != axis
          ? position
          : out.value("add nuw nsw " + index + " " + position + ", " + at.ahead());
    }

    private Optional<String> positionOf(int axis, List<Axis> axes, List<String> positions) {
      for (int i = 0; i < positions.size(); i++) {
        if (axes.get(i).iota() == axis) {
          return Optional.of(positions.get(i));
        }
      }
      return Optional.empty();
    }

    @Override
    public String uniform(int key, int site) {
      String pair = input(nest.loads().get(key).operand());
      return new RandomWords(out).uniform(type, pair, site, element(0, at, Axis::linear));
    }
  }

  /** Positions with one more coordinate. */
  static List<String> with(List<String> positions, String next) {
    var more = new ArrayList<>(positions);
    more.add(next);
    return more;
  }
}
