package io.gluonj.op;

import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the outside world calls an operator: MXNet names, input names, attributes (the record's
 * components) and samples for the table tests. Immutable; built by chaining.
 *
 * @param <O> the operator's record
 */
public final class OpSchema<O extends Record & Op> {
  /** One input of a sample: its type and the range its random values are drawn from. */
  public record SampleInput(TensorType type, double low, double high) {}

  /** An operator applied to inputs of given types: what every table test runs. */
  public record Sample(Op op, List<SampleInput> inputs) {
    public List<TensorType> types() {
      return inputs.stream().map(SampleInput::type).toList();
    }
  }

  private record Input<O>(String name, Predicate<O> present) {}

  private static final ClassValue<OpSchema<?>> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected OpSchema<?> computeValue(Class<?> type) {
          try {
            var field = type.getDeclaredField("SCHEMA");
            field.setAccessible(true);
            return (OpSchema<?>) field.get(null);
          } catch (ReflectiveOperationException e) {
            throw new LinkageError(
                type.getName() + " must declare: static final OpSchema<...> SCHEMA", e);
          }
        }
      };

  private final O prototype;
  private final List<String> names;
  private final boolean internal;
  private final boolean variadic;
  private final List<Input<O>> inputs;
  private final List<String> required;
  private final List<String> ignored;
  private final List<Sample> samples;
  private final @Nullable BiFunction<O, List<Shape>, String> exportName;
  private final String hint;

  private OpSchema(
      O prototype,
      List<String> names,
      boolean internal,
      boolean variadic,
      List<Input<O>> inputs,
      List<String> required,
      List<String> ignored,
      List<Sample> samples,
      @Nullable BiFunction<O, List<Shape>, String> exportName,
      String hint) {
    this.prototype = prototype;
    this.names = names;
    this.internal = internal;
    this.variadic = variadic;
    this.inputs = inputs;
    this.required = required;
    this.ignored = ignored;
    this.samples = samples;
    this.exportName = exportName;
    this.hint = hint;
  }

  /**
   * Begins a schema.
   *
   * @param defaults an instance whose components are the values of attributes a file leaves out
   * @param names MXNet's name, then its aliases
   */
  public static <O extends Record & Op> OpSchema<O> define(O defaults, String... names) {
    return new OpSchema<>(
        defaults,
        List.of(names),
        false,
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        names[0].toLowerCase(Locale.ROOT));
  }

  /** Begins the schema of an operator that no file ever names. */
  public static <O extends Record & Op> OpSchema<O> internal(O defaults, String name) {
    return new OpSchema<>(
        defaults, List.of(name), true, false, List.of(), List.of(), List.of(), List.of(), null, name);
  }

  /** The schema stated by an operator's class. */
  public static OpSchema<?> of(Class<? extends Op> type) {
    return OF_CLASS.get(type);
  }

  /** Adds inputs that are always there. */
  public OpSchema<O> inputs(String... more) {
    var all = new ArrayList<>(inputs);
    Arrays.stream(more).forEach(name -> all.add(new Input<>(name, o -> true)));
    return copy(all, variadic, required, ignored, samples, exportName);
  }

  /** Adds an input that is absent under a condition on the attributes. */
  public OpSchema<O> inputUnless(Predicate<O> absent, String name) {
    var all = new ArrayList<>(inputs);
    all.add(new Input<>(name, absent.negate()));
    return copy(all, variadic, required, ignored, samples, exportName);
  }

  /** Any number of inputs, named {@code arg0}, {@code arg1}, …; files count them in num_args. */
  public OpSchema<O> variadic() {
    return copy(inputs, true, required, ignored, samples, exportName);
  }

  /** Attributes a file must state. */
  public OpSchema<O> required(String... attributes) {
    return copy(inputs, variadic, List.of(attributes), ignored, samples, exportName);
  }

  /** Attributes of MXNet that steer its kernels and mean nothing here: read and dropped. */
  public OpSchema<O> ignored(String... attributes) {
    return copy(inputs, variadic, required, List.of(attributes), samples, exportName);
  }

  /** Chooses among the names when a graph is exported, by operator and input shapes. */
  public OpSchema<O> exportedAs(BiFunction<O, List<Shape>, String> choice) {
    return copy(inputs, variadic, required, ignored, samples, choice);
  }

  /** A sample with float32 inputs drawn from [-2, 2). */
  public OpSchema<O> sample(O op, Shape... shapes) {
    return sample(op, -2, 2, shapes);
  }

  /** A sample with float32 inputs drawn from [low, high). */
  public OpSchema<O> sample(O op, double low, double high, Shape... shapes) {
    return sample(
        op,
        Arrays.stream(shapes)
            .map(s -> new SampleInput(new TensorType(s, DType.FLOAT32), low, high))
            .toArray(SampleInput[]::new));
  }

  /** A sample with inputs stated one by one. */
  public OpSchema<O> sample(O op, SampleInput... sampleInputs) {
    var all = new ArrayList<>(samples);
    all.add(new Sample(op, List.of(sampleInputs)));
    return copy(inputs, variadic, required, ignored, all, exportName);
  }

  /** What automatic node names are made of; by default the first name in lower case. */
  public OpSchema<O> hint(String nodeName) {
    return new OpSchema<>(
        prototype,
        names,
        internal,
        variadic,
        inputs,
        required,
        ignored,
        samples,
        exportName,
        nodeName);
  }

  /** What automatic node names are made of, for example {@code _plus}. */
  public String hint() {
    return hint;
  }

  private OpSchema<O> copy(
      List<Input<O>> inputs,
      boolean variadic,
      List<String> required,
      List<String> ignored,
      List<Sample> samples,
      @Nullable BiFunction<O, List<Shape>, String> exportName) {
    return new OpSchema<>(
        prototype,
        names,
        internal,
        variadic,
        List.copyOf(inputs),
        required,
        ignored,
        List.copyOf(samples),
        exportName,
        hint);
  }

  /** MXNet's name, or the framework's own for internal operators. */
  public String name() {
    return names.getFirst();
  }

  /** All names a file may use. */
  public List<String> names() {
    return names;
  }

  /** Whether the operator exists only inside the compiler and has no place in files. */
  public boolean isInternal() {
    return internal;
  }

  /** Whether the number of inputs is free. */
  public boolean isVariadic() {
    return variadic;
  }

  /** Attributes a file must state. */
  public List<String> required() {
    return required;
  }

  /** Attributes that are read and dropped. */
  public List<String> ignored() {
    return ignored;
  }

  public List<Sample> samples() {
    return samples;
  }

  /** The instance that holds the default attribute values. */
  public O defaults() {
    return prototype;
  }

  /** The names of the inputs an operator has. */
  public List<String> inputNames(Op op, int count) {
    if (variadic) {
      return IntStream.range(0, count).mapToObj(i -> "arg" + i).toList();
    }
    O own = cast(op);
    return inputs.stream().filter(i -> i.present().test(own)).map(Input::name).toList();
  }

  /** The name to write into a file for an operator applied to inputs of these shapes. */
  public String exportName(Op op, List<Shape> shapes) {
    return exportName == null ? name() : exportName.apply(cast(op), shapes);
  }

  @SuppressWarnings("unchecked") // prototype and operator are of the same record class
  private O cast(Op op) {
    return (O) op;
  }
}
