package io.gluonj.test.badinput;

import io.gluonj.op.Op;
import io.gluonj.op.OpRegistry;
import io.gluonj.op.OpSchema;
import io.gluonj.op.OpSchema.Sample;
import io.gluonj.op.OpSchema.SampleInput;
import io.gluonj.tensor.NDArray;
import io.gluonj.types.DType;
import io.gluonj.types.Device;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A sample of an operator with changes that make it wrong, or not. */
record BadCall(Sample sample, List<Change> changes) {
  /** Most elements of an array that is really made. */
  static final long MOST = 1 << 14;

  /** What the calls are made of: the samples, and where an operator has none its defaults. */
  static List<Sample> samples() {
    var all = new ArrayList<Sample>();
    for (Class<? extends Op> type : OpRegistry.all()) {
      OpSchema<?> schema = OpSchema.of(type);
      all.addAll(schema.samples());
      if (schema.samples().isEmpty()) {
        int inputs = schema.inputNames(schema.defaults(), 0).size();
        var matrix = new SampleInput(TensorType.float32(2, 3), -1, 1);
        all.add(new Sample(schema.defaults(), Collections.nCopies(inputs, matrix)));
      }
    }
    return List.copyOf(all);
  }

  /** What the values of an input are. */
  enum Values {
    SAMPLE,
    ZERO,
    NEGATIVE,
    LARGE,
    NAN,
    INFINITE
  }

  /** One input after the changes. */
  record Input(
      TensorType type, double low, double high, Values values, boolean closed, boolean other) {
    private Input with(Shape shape) {
      return new Input(new TensorType(shape, type.dtype()), low, high, values, closed, other);
    }

    private static Input of(SampleInput input) {
      return new Input(input.type(), input.low(), input.high(), Values.SAMPLE, false, false);
    }

    /** The array, which the caller closes; closed already if that is the change. */
    NDArray array(Device device, Random random) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment host = arena.allocate(type.bytes(), Long.BYTES);
        for (long i = 0; i < type.shape().size(); i++) {
          type.dtype().write(host, i, value(random));
        }
        NDArray array = NDArray.of(host, type, other ? otherThan(device) : device);
        if (closed) {
          array.close();
        }
        return array;
      }
    }

    private double value(Random random) {
      return switch (values) {
        case SAMPLE -> low + random.nextDouble() * (high - low);
        case ZERO -> 0;
        case NEGATIVE -> -1 - random.nextInt(9);
        case LARGE -> 1e6 * random.nextInt(1, 3_000_000);
        case NAN -> Double.NaN;
        case INFINITE -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      };
    }

    private static Device otherThan(Device device) {
      return device.equals(Device.reference()) ? Device.reference(1) : Device.reference();
    }
  }

  /** The operator after the changes of its attributes; throws what its constructor throws. */
  Op op() {
    Op op = sample.op();
    for (Change c : changes) {
      if (c.kind() == Change.Kind.ATTRIBUTE) {
        op = (Op) Absurd.changed((Record) op, c.which(), c.at(), c.value());
      }
    }
    return op;
  }

  /** The inputs after the changes; unknown extents only where a symbol is meant. */
  List<Input> inputs(boolean symbolic) {
    var inputs = new ArrayList<Input>();
    sample.inputs().forEach(input -> inputs.add(Input.of(input)));
    for (Change c : changes) {
      int place = inputs.isEmpty() ? 0 : Math.floorMod(c.which(), inputs.size());
      if (c.kind() == Change.Kind.INPUT_ADDED) {
        inputs.add(
            inputs.isEmpty()
                ? Input.of(new SampleInput(TensorType.float32(2, 3), -1, 1))
                : inputs.get(place));
      } else if (!inputs.isEmpty()) {
        if (c.kind() == Change.Kind.INPUT_DROPPED) {
          inputs.remove(place);
        } else {
          inputs.set(place, changed(inputs.get(place), c, symbolic));
        }
      }
    }
    return inputs;
  }

  private static Input changed(Input input, Change c, boolean symbolic) {
    TensorType type = input.type();
    Shape shape = type.shape();
    boolean axes = shape.hasRank() && shape.rank() > 0;
    int axis = axes ? Math.floorMod(c.at(), shape.rank()) : 0;
    return switch (c.kind()) {
      case EXTENT -> axes ? input.with(shape.with(axis, Absurd.extent(c.value()))) : input;
      case AXIS_ADDED ->
          shape.hasRank() ? input.with(shape.insert(axis, 1 + c.value() % 3)) : input;
      case AXIS_DROPPED -> axes ? input.with(shape.remove(axis)) : input;
      case UNKNOWN_EXTENT -> axes && symbolic ? input.with(shape.with(axis, Shape.UNKNOWN)) : input;
      case UNKNOWN_SHAPE -> symbolic ? input.with(Shape.unknown()) : input;
      case DTYPE -> {
        DType other = Absurd.dtype(c.value());
        yield new Input(
            new TensorType(shape, other),
            input.low(),
            input.high(),
            input.values(),
            input.closed(),
            input.other());
      }
      case VALUES -> {
        Values other = Absurd.pick(Values.values(), c.value());
        yield new Input(type, input.low(), input.high(), other, input.closed(), input.other());
      }
      case CLOSED ->
          new Input(type, input.low(), input.high(), input.values(), true, input.other());
      case OTHER_DEVICE ->
          new Input(type, input.low(), input.high(), input.values(), input.closed(), true);
      case ATTRIBUTE, INPUT_ADDED, INPUT_DROPPED -> input;
    };
  }

  @Override
  public String toString() {
    return sample.op() + " of " + sample.types() + " with " + changes;
  }
}
