package io.gluonj.op;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import io.gluonj.generate.SourceDocs;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Types of results, against the table in {@code docs/dtypes.md}. */
final class PromotionTest {
  /** The table's rows, cell by cell; the first row names the columns. */
  private static List<List<String>> table() throws IOException {
    return Files.readAllLines(SourceDocs.root().resolve("docs/dtypes.md")).stream()
        .filter(line -> line.startsWith("|") && !line.startsWith("|-"))
        .map(line ->
            Arrays.stream(line.split("\\|", -1))
                .skip(1)
                .filter(cell -> !cell.isBlank())
                .map(String::strip)
                .toList())
        .toList();
  }

  private static DType added(DType a, DType b) {
    Shape shape = Shape.of(2, 3);
    return Infer.outputs(
            new BinaryMath.Add(), "", List.of(new TensorType(shape, a), new TensorType(shape, b)))
        .getFirst()
        .dtype();
  }

  @Test
  void everyPairGivesWhatTheTableSays() throws IOException {
    List<List<String>> table = table();
    List<String> columns = table.getFirst().subList(1, table.getFirst().size());
    assertThat(columns)
        .containsExactlyElementsIn(Arrays.stream(DType.values()).map(DType::numpyName).toList());
    assertThat(table).hasSize(DType.values().length + 1);
    for (List<String> row : table.subList(1, table.size())) {
      for (int i = 0; i < columns.size(); i++) {
        DType a = DType.of(row.getFirst());
        DType b = DType.of(columns.get(i));
        assertWithMessage("%s with %s", a, b).that(added(a, b)).isEqualTo(DType.of(row.get(i + 1)));
      }
    }
  }

  @Test
  void theOrderOfPromotionsDoesNotMatter() {
    for (DType a : DType.values()) {
      for (DType b : DType.values()) {
        assertThat(DType.promote(a, b)).isEqualTo(DType.promote(b, a));
        for (DType c : DType.values()) {
          assertWithMessage("%s, %s, %s", a, b, c)
              .that(DType.promote(DType.promote(a, b), c))
              .isEqualTo(DType.promote(a, DType.promote(b, c)));
        }
      }
    }
  }

  @Test
  void aNumberDoesNotChangeTheType() {
    for (DType type : DType.values()) {
      TensorType in = new TensorType(Shape.of(3), type);
      List<TensorType> out = Infer.outputs(new ScalarMath.AddScalar(2.5), "", List.of(in));
      assertThat(out).containsExactly(in);
    }
  }

  @Test
  void comparisonsHaveTheTypeOfTheirOperands() {
    for (DType type : DType.values()) {
      TensorType in = new TensorType(Shape.of(3), type);
      assertThat(Infer.outputs(new BinaryMath.Greater(), "", List.of(in, in))).containsExactly(in);
    }
  }
}
