package io.gluonj.op;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gluonj.graph.Decompose;
import io.gluonj.graph.Graph;
import io.gluonj.graph.Node;
import io.gluonj.tensor.NDArray;
import io.gluonj.tensor.Ops;
import io.gluonj.tensor.Symbol;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.DType;
import io.gluonj.types.Shape;
import io.gluonj.types.ShapeException;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EinsumTest {
  private static final long SEED = 271;

  private static Shape shape(String dims) {
    return Shape.of(
        Arrays.stream(dims.split("x", -1))
            .filter(d -> !d.equals("s"))
            .mapToLong(Long::parseLong)
            .toArray());
  }

  private static List<NDArray> operands(String shapes) {
    Random random = new Random(SEED);
    return Arrays.stream(shapes.split(" ", -1))
        .map(EinsumTest::shape)
        .map(s ->
            SampleRun.array(
                new TensorType(s, DType.FLOAT64), random.doubles(s.size(), -1, 1).toArray()))
        .toList();
  }

  private static NDArray einsum(String subscripts, String shapes) {
    return (NDArray) Ops.call(new Einsum(subscripts), operands(shapes).toArray(Tensor[]::new));
  }

  /** The sum as it is defined: over all values of all letters. */
  private static double[] definition(List<String> in, String out, String sizes, List<NDArray> x) {
    String letters = sizes.replaceAll("[^a-z]", "");
    long[] extents =
        Arrays.stream(sizes.split("[a-z]", -1))
            .filter(d -> !d.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray();
    Shape space = Shape.of(extents);
    double[] sum = new double[(int) size(out, letters, extents)];
    for (long p = 0; p < space.size(); p++) {
      double product = 1;
      for (int i = 0; i < in.size(); i++) {
        product *= x.get(i).toDoubles()[index(in.get(i), letters, space, p, x.get(i).shape())];
      }
      Shape result = Shape.of(out.chars().mapToLong(c -> extents[letters.indexOf(c)]).toArray());
      sum[index(out, letters, space, p, result)] += product;
    }
    return sum;
  }

  private static long size(String out, String letters, long[] extents) {
    return out.chars().mapToLong(c -> extents[letters.indexOf(c)]).reduce(1, (a, b) -> a * b);
  }

  private static int index(String labels, String letters, Shape space, long p, Shape shape) {
    long index = 0;
    for (int i = 0; i < labels.length(); i++) {
      int axis = letters.indexOf(labels.charAt(i));
      long at = p / space.strides()[axis] % space.dim(axis);
      index = index * shape.dim(i) + (shape.dim(i) == 1 ? 0 : at);
    }
    return (int) index;
  }

  /** Subscripts, shapes, the same without abbreviations, and the extents of its letters. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ij,jk->ik             | 2x3 3x4         | ij,jk->ik        | i2j3k4
          ij,jk                 | 2x3 3x4         | ij,jk->ik        | i2j3k4
          ba                    | 2x3             | ba->ab           | a3b2
          b a , a c -> c b      | 2x3 3x4         | ba,ac->cb        | a3b2c4
          ji,jk                 | 3x2 3x4         | ji,jk->ik        | i2j3k4
          ij,kj->ik             | 2x3 4x3         | ij,kj->ik        | i2j3k4
          bij,bjk->bik          | 5x2x3 5x3x4     | bij,bjk->bik     | b5i2j3k4
          ibj,jkb->kib          | 2x5x3 3x4x5     | ibj,jkb->kib     | b5i2j3k4
          ii                    | 3x3             | ii->             | i3
          ii->i                 | 3x3             | ii->i            | i3
          iii->i                | 3x3x3           | iii->i           | i3
          ijij->ji              | 2x3x2x3         | ijij->ji         | i2j3
          ii,ij->j              | 3x3 3x2         | ii,ij->j         | i3j2
          ij->                  | 2x3             | ij->             | i2j3
          i,i                   | 3 3             | i,i->            | i3
          i,j                   | 3 2             | i,j->ij          | i3j2
          i,j,k->kij            | 3 2 4           | i,j,k->kij       | i3j2k4
          ,ij->ij               | s 2x3           | ,ij->ij          | i2j3
          ab,bc,cd,de->ae       | 2x3 3x4 4x2 2x5 | ab,bc,cd,de->ae  | a2b3c4d2e5
          ab,ab,ab->b           | 2x3 2x3 2x3     | ab,ab,ab->b      | a2b3
          ab,cd->c              | 2x3 4x2         | ab,cd->c         | a2b3c4d2
          ...ij,...jk->...ik    | 5x6x2x3 5x6x3x4 | abij,abjk->abik  | a5b6i2j3k4
          ...ij,jk              | 5x2x3 3x4       | aij,jk->aik      | a5i2j3k4
          ...i,...i->...        | 5x1x3 4x3       | abi,bi->ab       | a5b4i3
          ...                   | 2x3             | ab->ab           | a2b3
          i...->...             | 2x3x4           | iab->ab          | i2a3b4
          i...->i               | 2x3x4           | iab->i           | i2a3b4
          ij,ij->ij             | 2x1 2x3         | ij,ij->ij        | i2j3
          ij,kj->ik             | 2x3 4x1         | ij,kj->ik        | i2j3k4
          """)
  void isTheSumOfProducts(String subscripts, String shapes, String full, String sizes) {
    List<NDArray> x = operands(shapes);
    String[] sides = full.split("->", -1);
    double[] expected = definition(List.of(sides[0].split(",", -1)), sides[1], sizes, x);
    NDArray found = einsum(subscripts, shapes);
    String letters = sizes.replaceAll("[^a-z]", "");
    long[] extents =
        Arrays.stream(sizes.split("[a-z]", -1))
            .filter(d -> !d.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray();
    var dims = new ArrayList<Long>();
    sides[1].chars().forEach(c -> dims.add(extents[letters.indexOf(c)]));
    assertThat(found.shape()).isEqualTo(Shape.of(dims.stream().mapToLong(d -> d).toArray()));
    double[] values = found.toDoubles();
    for (int i = 0; i < expected.length; i++) {
      assertWithMessage("element %s of %s, seed %s", i, subscripts, SEED)
          .that(values[i])
          .isWithin(1e-12)
          .of(expected[i]);
    }
  }

  /** The letter that is wrong is the one above the caret. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ij,jk->iz  | 2x3 3x4 | 8 | no operand has an axis of that name
          ij,jk->ii  | 2x3 3x4 | 8 | each letter names one axis
          ij,j1->i   | 2x3 3x4 | 4 | there are letters
          i..j->i    | 2x3     | 1 | there are letters
          ...i...->i | 2x3     | 4 | there are letters
          ij->k->i   | 2x3     | 5 | there are letters
          ij,jk->ik  | 2x3     | 5 | there is a term for each operand
          ij,jk      | 2x3     | 5 | there is a term for each operand
          ij,jkl->i  | 2x3 3x4 | 3 | there is a letter for each axis
          ij,jk->ik  | 2x3 4x5 | 3 | whose extent is 3
          ii->i      | 2x3     | 1 | whose extent is 2
          i...,...   | 2x5 4   | 5 | whose extent is 5
          """)
  void aCaretStandsUnderTheWrongLetter(String subscripts, String shapes, int at, String because) {
    var e = assertThrows(ShapeException.class, () -> einsum(subscripts, shapes));
    assertThat(e)
        .hasMessageThat()
        .contains("\n    " + subscripts + "\n    " + " ".repeat(at) + "^");
    assertThat(e).hasMessageThat().contains(because);
  }

  @Test
  void theCheapestProductComesFirst() {
    Symbol a = Symbol.var("a", Shape.of(40, 40));
    Symbol b = Symbol.var("b", Shape.of(40, 40));
    Symbol c = Symbol.var("c", Shape.of(40));
    Symbol y = (Symbol) Ops.call(new Einsum("ab,bc,c->a"), a, b, c);
    Graph graph = Decompose.all(Graph.of(List.of(a, b, c), List.of(y)), false);
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Apply apply) {
        assertThat(apply.types().getFirst().shape().size()).isEqualTo(40);
      }
    }
  }
}
