package io.gluonj.op;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OpRegistryTest {
  /** Operators without a sample, and why. */
  private static final Map<String, String> WITHOUT_SAMPLES =
      Map.of(
          "_uniform", "its input is a random key, not a value; Philox has tests of its own",
          "_drawn", "its last input is a random key; random operators have tests of their own",
          "_row_fused", "it is made after differentiation; FuseRowsTest and RowsTest run it",
          "BlockGrad", "its gradient is by intent not its derivative; recorded cases cover it");

  /** Operators without inputs: nothing to vary; recorded cases and distributions cover them. */
  private static boolean withoutInputs(OpSchema<?> schema) {
    return !schema.isVariadic() && schema.inputNames(schema.defaults(), 0).isEmpty();
  }

  @Test
  void everyOperatorIsARecordWithASchema() {
    assertThat(OpRegistry.all().size()).isGreaterThan(200);
    for (Class<? extends Op> type : OpRegistry.all()) {
      OpSchema<?> schema = OpSchema.of(type);
      assertWithMessage(type.getName()).that(schema.defaults().getClass()).isSameInstanceAs(type);
    }
  }

  @Test
  void everyOperatorHasSamplesOrAReason() {
    for (Class<? extends Op> type : OpRegistry.all()) {
      OpSchema<?> schema = OpSchema.of(type);
      assertWithMessage(type.getName())
          .that(schema.samples().isEmpty())
          .isEqualTo(WITHOUT_SAMPLES.containsKey(schema.name()) || withoutInputs(schema));
      schema.samples().forEach(s -> assertThat(s.op()).isInstanceOf(type));
    }
  }

  @Test
  void operatorsAreFoundByEveryName() {
    assertThat(OpRegistry.find("Convolution")).hasValue(Convolution.SCHEMA);
    assertThat(OpRegistry.find("elemwise_add")).hasValue(BinaryMath.Add.SCHEMA);
    assertThat(OpRegistry.find("_Plus")).hasValue(BinaryMath.Add.SCHEMA);
    assertThat(OpRegistry.find("flatten")).hasValue(ShapeOps.Flatten.SCHEMA);
    assertThat(OpRegistry.find("convolution")).isEmpty();
  }

  @Test
  void internalOperatorsHaveNoNameInFiles() {
    assertThat(OpRegistry.all()).contains(Fused.class);
    assertThat(OpRegistry.find("_fused")).isEmpty();
    assertThat(OpRegistry.find("_sum_to")).isEmpty();
  }

  @Test
  void attributesNamedBySchemasExist() {
    for (Class<? extends Op> type : OpRegistry.all()) {
      OpSchema<?> schema = OpSchema.of(type);
      List<String> components =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getName)
              .map(schema::attribute)
              .toList();
      String name = schema.name();
      assertWithMessage(name).that(components).containsAtLeastElementsIn(schema.required());
      assertWithMessage(name).that(components).containsAtLeastElementsIn(schema.omittedIfDefault());
      assertWithMessage(name).that(components).containsNoneIn(schema.ignored());
      assertWithMessage(name).that(components).containsNoneIn(schema.only().keySet());
      assertWithMessage(name).that(components).containsNoneIn(schema.written().keySet());
    }
  }
}
