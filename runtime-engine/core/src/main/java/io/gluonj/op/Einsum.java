package io.gluonj.op;

import static io.gluonj.op.OpSchema.define;

import io.gluonj.tensor.Tensor;
import io.gluonj.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A sum of products over named axes (Einstein, 1916), as {@code numpy.einsum}: {@code "ij,jk->ik"}
 * is the matrix product. A letter that occurs twice in one operand takes a diagonal, one that is
 * missing in the result is summed over, {@code ...} stands for axes without a name. Axes of extent
 * 1 broadcast. Expanded into diagonals, sums and matrix products of two operands at a time, of all
 * pairs the one with the fewest multiplications first.
 */
public record Einsum(String subscripts) implements Op.Composite {
  static final OpSchema<Einsum> SCHEMA =
      define(new Einsum(""), "_npi_einsum", "_np_einsum")
          .variadic()
          .required("subscripts")
          .ignored("optimize")
          .sample(new Einsum("ij,jk->ik"), Shape.of(2, 3), Shape.of(3, 4))
          .sample(new Einsum("ij,kj"), Shape.of(2, 3), Shape.of(4, 3))
          .sample(new Einsum("...ij,jk->...ik"), Shape.of(2, 2, 3), Shape.of(3, 2))
          .sample(new Einsum("bhqd,bhkd->bhqk"), Shape.of(2, 2, 3, 4), Shape.of(2, 2, 2, 4))
          .sample(new Einsum("bqhd,bkhd->bhqk"), Shape.of(1, 3, 2, 2), Shape.of(1, 2, 2, 2))
          .sample(new Einsum("ii"), Shape.of(3, 3))
          .sample(new Einsum("iji->ji"), Shape.of(3, 2, 3))
          .sample(new Einsum("ij->"), Shape.of(3, 2))
          .sample(new Einsum("i,j->ji"), Shape.of(3), Shape.of(2))
          .sample(new Einsum("i,i"), Shape.of(3), Shape.of(3))
          .sample(
              new Einsum("ab,bc,cd,a->d"),
              Shape.of(2, 3),
              Shape.of(3, 2),
              Shape.of(2, 4),
              Shape.of(2))
          .sample(new Einsum("...a,...a->..."), Shape.of(2, 1, 3), Shape.of(4, 3));

  @Override
  public void infer(Infer s) {
    var shapes = new ArrayList<Shape>();
    for (int i = 0; i < s.inputs(); i++) {
      shapes.add(s.in(i));
    }
    try {
      Subscripts read = Subscripts.parse(subscripts);
      if (!shapes.stream().allMatch(Shape::isKnown)) {
        return;
      }
      Subscripts.Extents extents = read.extents(shapes);
      long[] dims = read.resultLabels(shapes).chars().mapToLong(extents::of).toArray();
      s.out(0, Shape.of(dims), "the result has the axes that the subscripts name");
    } catch (Subscripts.Malformed e) {
      throw e.of(s);
    }
  }

  @Override
  public List<Tensor> expand(Expansion e) {
    List<Shape> shapes = e.inputs().stream().map(Tensor::shape).toList();
    Subscripts.Extents extents;
    Subscripts read;
    try {
      read = Subscripts.parse(subscripts);
      extents = read.extents(shapes);
    } catch (Subscripts.Malformed malformed) {
      throw new IllegalStateException("inference has accepted " + subscripts, malformed);
    }
    String result = read.resultLabels(shapes);
    List<String> labels = read.labels(shapes);
    var left = new ArrayList<Labelled>();
    for (int i = 0; i < shapes.size(); i++) {
      left.add(new Labelled(e.in(i), labels.get(i)).diagonal().withoutRepeated(extents));
    }
    for (int i = 0; i < left.size(); i++) {
      left.set(i, left.get(i).summed(needed(left, i, i, result)));
    }
    while (left.size() > 1) {
      contractCheapest(left, result, extents);
    }
    return List.of(left.getFirst().summed(result).ordered(result));
  }

  /** The letters that the result or operands besides two need. */
  private static String needed(List<Labelled> all, int a, int b, String result) {
    var needed = new StringBuilder(result);
    for (int i = 0; i < all.size(); i++) {
      if (i != a && i != b) {
        needed.append(all.get(i).labels());
      }
    }
    return needed.toString();
  }

  private static void contractCheapest(
      List<Labelled> left, String result, Subscripts.Extents extents) {
    int first = 0;
    int second = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int a = 0; a < left.size(); a++) {
      for (int b = a + 1; b < left.size(); b++) {
        double cost =
            Labelled.union(left.get(a).labels(), left.get(b).labels())
                .chars()
                .mapToDouble(extents::of)
                .reduce(1, (x, y) -> x * y);
        if (cost < least) {
          least = cost;
          first = a;
          second = b;
        }
      }
    }
    String needed = needed(left, first, second, result);
    Labelled product = left.get(first).times(left.get(second), needed);
    left.remove(second);
    left.set(first, product);
  }
}
