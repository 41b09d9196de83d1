package io.gluonj.op;

import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

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
  private final FileForm<O> file;
  private final List<Sample> samples;
  private final String hint;
  private final String convention;
  private final UserForm user;

  private OpSchema(
      O prototype,
      List<String> names,
      boolean internal,
      boolean variadic,
      List<Input<O>> inputs,
      FileForm<O> file,
      List<Sample> samples,
      String hint,
      String convention,
      UserForm user) {
    this.prototype = prototype;
    this.names = names;
    this.internal = internal;
    this.variadic = variadic;
    this.inputs = List.copyOf(inputs);
    this.file = file;
    this.samples = List.copyOf(samples);
    this.hint = hint;
    this.convention = convention;
    this.user = user;
  }

  /**
   * Begins a schema.
   *
   * @param defaults an instance whose components are the values of attributes a file leaves out
   * @param names MXNet's name, then its aliases
   */
  public static <O extends Record & Op> OpSchema<O> define(O defaults, String... names) {
    return begin(defaults, List.of(names), false, names[0].toLowerCase(Locale.ROOT));
  }

  /** Begins the schema of an operator that no file ever names. */
  public static <O extends Record & Op> OpSchema<O> internal(O defaults, String name) {
    return begin(defaults, List.of(name), true, name);
  }

  private static <O extends Record & Op> OpSchema<O> begin(
      O defaults, List<String> names, boolean internal, String hint) {
    return new OpSchema<>(
        defaults,
        names,
        internal,
        false,
        List.of(),
        FileForm.plain(names.getFirst()),
        List.of(),
        hint,
        "",
        UserForm.PLAIN);
  }

  /** The schema stated by an operator's class. */
  public static OpSchema<?> of(Class<? extends Op> type) {
    return OF_CLASS.get(type);
  }

  /** Adds inputs that are always there. */
  public OpSchema<O> inputs(String... more) {
    var all = new ArrayList<>(inputs);
    Arrays.stream(more).forEach(name -> all.add(new Input<>(name, o -> true)));
    return copy(all, variadic, file, samples);
  }

  /** Adds an input that is absent under a condition on the attributes. */
  public OpSchema<O> inputUnless(Predicate<O> absent, String name) {
    var all = new ArrayList<>(inputs);
    all.add(new Input<>(name, absent.negate()));
    return copy(all, variadic, file, samples);
  }

  /** Any number of inputs, named {@code arg0}, {@code arg1}, …; files count them in num_args. */
  public OpSchema<O> variadic() {
    return copy(inputs, true, file, samples);
  }

  /** Any number of inputs, which files count in the given attribute; empty if they do not. */
  public OpSchema<O> variadic(String count) {
    return copy(inputs, true, file.withCount(count), samples);
  }

  /** An attribute whose name is not the component's in snake case. */
  public OpSchema<O> spelled(String component, String attribute) {
    var all = new TreeMap<>(file.spelled());
    all.put(component, attribute);
    return inFiles(file.withSpelled(all));
  }

  /** States that the gradient is by intent not the derivative, and why. */
  public OpSchema<O> gradientIs(String why) {
    return new OpSchema<>(
        prototype, names, internal, variadic, inputs, file, samples, hint, why, user);
  }

  /** Attributes a file must state. */
  public OpSchema<O> required(String... attributes) {
    return inFiles(file.withRequired(List.of(attributes)));
  }

  /** Attributes of MXNet that steer its kernels and mean nothing here: read and dropped. */
  public OpSchema<O> ignored(String... attributes) {
    return inFiles(file.withIgnored(List.of(attributes)));
  }

  /** An attribute that is understood with one value alone; it is not written. */
  public OpSchema<O> only(String attribute, String value) {
    var all = new TreeMap<>(file.only());
    all.put(attribute, value);
    return inFiles(file.withOnly(all));
  }

  /** An attribute without meaning here that Gluon's layers always write, with this value. */
  public OpSchema<O> written(String attribute, String value) {
    var all = new TreeMap<>(file.written());
    all.put(attribute, value);
    return inFiles(file.withWritten(all));
  }

  /** Attributes that are not written while they have their default value. */
  public OpSchema<O> omittedIfDefault(String... attributes) {
    return inFiles(file.withOmitted(List.of(attributes)));
  }

  /** Chooses among the names when a graph is exported, by operator and input shapes. */
  public OpSchema<O> exportedAs(BiFunction<O, List<Shape>, String> choice) {
    return inFiles(file.withName(choice));
  }

  /** The number of outputs MXNet counts in files, where it differs from {@link Op#outputs}. */
  public OpSchema<O> countedInFilesAs(ToIntFunction<O> outputs) {
    return inFiles(file.withOutputs(outputs));
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
    return copy(inputs, variadic, file, all);
  }

  /** What automatic node names are made of; by default the first name in lower case. */
  public OpSchema<O> hint(String nodeName) {
    return new OpSchema<>(
        prototype, names, internal, variadic, inputs, file, samples, nodeName, convention, user);
  }

  /** What automatic node names are made of, for example {@code _plus}. */
  public String hint() {
    return hint;
  }

  /** Why the gradient is not the derivative; empty where it is. */
  public String gradientConvention() {
    return convention;
  }

  /** The name of the operator's function, where MXNet's name would make a poor one. */
  public OpSchema<O> function(String name) {
    return forUsers(user.withFunction(name));
  }

  /**
   * A method of every tensor, which is the first input; of a free number of inputs, a static one.
   *
   * @param components the attributes that are its parameters; the others keep their defaults
   */
  public OpSchema<O> method(String name, String... components) {
    String receiver = variadic ? "" : inputs.getFirst().name();
    return methodOf(receiver, name, components);
  }

  /** A method of every tensor, which is the named input. */
  public OpSchema<O> methodOf(String receiver, String name, String... components) {
    return forUsers(user.withMethod(new OpMethod(name, receiver, List.of(components))));
  }

  /** What users read of the operator, where the record's Javadoc is not for them. */
  public OpSchema<O> doc(String text) {
    return forUsers(user.withText(text));
  }

  /** The ONNX operator that computes the same, given the same attributes. */
  public OpSchema<O> onnx(String name) {
    return forUsers(user.withOnnx(name, ""));
  }

  /** Why no single ONNX operator computes the same. */
  public OpSchema<O> withoutOnnx(String why) {
    return forUsers(user.withOnnx("", why));
  }

  private OpSchema<O> inFiles(FileForm<O> form) {
    return copy(inputs, variadic, form, samples);
  }

  private OpSchema<O> copy(
      List<Input<O>> inputs, boolean variadic, FileForm<O> file, List<Sample> samples) {
    return new OpSchema<>(
        prototype, names, internal, variadic, inputs, file, samples, hint, convention, user);
  }

  private OpSchema<O> forUsers(UserForm form) {
    return new OpSchema<>(
        prototype, names, internal, variadic, inputs, file, samples, hint, convention, form);
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

  /** The attribute in which files state a free number of inputs. */
  public String countAttribute() {
    return file.count();
  }

  /** The attribute that a record component stands for: {@code numHidden} is {@code num_hidden}. */
  public String attribute(String component) {
    String other = file.spelled().get(component);
    return other != null ? other : component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Attributes a file must state. */
  public List<String> required() {
    return file.required();
  }

  /** Attributes that are read and dropped. */
  public List<String> ignored() {
    return file.ignored();
  }

  /** Attributes that are understood with one value alone. */
  public Map<String, String> only() {
    return file.only();
  }

  /** Attributes without a component that are always written. */
  public Map<String, String> written() {
    return file.written();
  }

  /** Attributes that are not written while they have their default value. */
  public List<String> omittedIfDefault() {
    return file.omitted();
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

  /** The names of all inputs, also of those that are absent with some attributes. */
  public List<String> inputNames() {
    return inputs.stream().map(Input::name).toList();
  }

  /** How the operator appears to users and in ONNX. */
  public UserForm user() {
    return user;
  }

  /** The name to write into a file for an operator applied to inputs of these shapes. */
  public String exportName(Op op, List<Shape> shapes) {
    return file.name().apply(cast(op), shapes);
  }

  /** The number of outputs MXNet counts for an operator in files, hidden ones included. */
  public int fileOutputs(Op op) {
    return file.outputs().applyAsInt(cast(op));
  }

  @SuppressWarnings("unchecked") // prototype and operator are of the same record class
  private O cast(Op op) {
    return (O) op;
  }
}
