package io.gluonj.graph;

import static com.google.common.truth.Truth.assertThat;

import io.gluonj.op.Concat;
import io.gluonj.op.Slicing;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of joins that are taken apart again. */
final class JoinsTest {
  private static Symbol var(String name, long... dims) {
    return Symbol.var(name, Shape.of(dims));
  }

  /** The simplified graph without the nodes' automatic names. */
  private static String simplified(Tensor output) {
    Graph graph = Simplify.apply(Graph.of(List.of(), List.of((Symbol) output)));
    Verifier.verify(graph, "test");
    return graph.toString().replaceAll("   [^\\n]*", "");
  }

  /** Rows {@code begin} to {@code begin + count} of zeros (5, 3). */
  private static Tensor placed(Tensor rows, long begin, long count) {
    return Ops.call(
        new Slicing.IntoZeros(
            List.of(new Slicing.Range(begin, 1, count), new Slicing.Range(0, 1, 3)),
            Shape.of(5, 3)),
        rows);
  }

  /** The number of a variable in a graph's text. */
  private static String at(String text, String variable) {
    return text.lines()
        .filter(line -> line.contains(" = " + variable + " :"))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSliceOfAConcatenationIsItsInput() {
    Tensor whole = Ops.call(new Concat(0), var("a", 6).reshape(2, 3).reshape(6), var("b", 4));
    String second = simplified(whole.sliceAxis(0, 6, 10));
    assertThat(second).contains("return " + at(second, "b"));
    String first = simplified(whole.sliceAxis(0, 0, 6).exp());
    assertThat(first).contains("Exp[](" + at(first, "a") + ")");
    assertThat(first).doesNotContain("Concat");
  }

  @Test
  void aSliceWithinOneInputReadsThatInputOnly() {
    Tensor whole = Ops.call(new Concat(0), var("a", 6), var("b", 4));
    String text = simplified(whole.sliceAxis(0, 7, 9));
    assertThat(text)
        .contains(
            "SliceAxis[axis=0, begin=1, end=Optional[3]](" + at(text, "b") + ") : float32(2,)");
  }

  @Test
  void aSliceAcrossInputsStays() {
    Tensor whole = Ops.call(new Concat(0), var("a", 6), var("b", 4));
    assertThat(simplified(whole.sliceAxis(0, 5, 7))).contains("Concat[dim=0](%0, %1)");
  }

  @Test
  void partsSideBySideAreJoined() {
    Tensor last = placed(var("c", 2, 3), 3, 2);
    Tensor sum = placed(var("b", 2, 3), 1, 2).add(last.add(placed(var("a", 1, 3), 0, 1)));
    String text = simplified(sum);
    assertThat(text).doesNotContain("IntoZeros");
    String inputs = String.join(", ", at(text, "a"), at(text, "b"), at(text, "c"));
    assertThat(text).contains("Concat[dim=0](" + inputs + ")");
  }

  @Test
  void partsThatOverlapOrLeaveGapsAreAddedUp() {
    Tensor gap = placed(var("a", 2, 3), 0, 2).add(placed(var("b", 2, 3), 3, 2));
    Tensor overlap = placed(var("a", 3, 3), 0, 3).add(placed(var("b", 3, 3), 2, 3));
    assertThat(simplified(gap)).contains("Add");
    assertThat(simplified(overlap)).contains("Add");
  }

  @Test
  void shapesThatAreChangedBackAreLeftOut() {
    assertThat(simplified(var("a", 2, 3).reshape(3, 2).reshape(6).reshape(2, 3)))
        .isEqualTo("%0 = a : float32(2, 3)\nreturn %0\n");
  }
}
