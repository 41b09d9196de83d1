package io.gluonj.samples;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.registry.Registry;
import io.gluonj.types.InvalidArgumentException;
import io.gluonj.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The models that the command line builds by name. All of them classify pictures of digits. */
public enum SampleModel {
  /** {@link LeNet}. */
  LENET("two convolutions and two dense layers", LeNet.class, LeNet::new),
  /** {@link Mlp}. */
  MLP("three dense layers", Mlp.class, Mlp::new);

  private final String summary;
  private final Class<? extends HybridBlock> type;

  @SuppressWarnings("ImmutableEnumChecker") // a constructor reference holds no state
  private final Supplier<HybridBlock> maker;

  SampleModel(String summary, Class<? extends HybridBlock> type, Supplier<HybridBlock> maker) {
    this.summary = summary;
    this.type = type;
    this.maker = maker;
  }

  /**
   * The model of a name, without regard to case.
   *
   * @throws InvalidArgumentException if there is none, with the names that look like it
   */
  public static SampleModel named(String name) {
    return Arrays.stream(values())
        .filter(model -> model.modelName().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> Registry.unknown("model", name, names()));
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(SampleModel::modelName).toList();
  }

  /** What users call it: {@code lenet}. */
  public String modelName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it consists of, in a few words. */
  public String summary() {
    return summary;
  }

  /** The annotated class. */
  public Class<? extends HybridBlock> type() {
    return type;
  }

  /** A new net, not initialized. */
  public HybridBlock create() {
    return maker.get();
  }

  /** Shape of a batch of pictures: (batch, 1, 28, 28). */
  public Shape input(long batch) {
    return Shape.of(batch, 1, 28, 28);
  }
}
