package io.gluonj.op;

import io.gluonj.op.LoopNest.Access;
import io.gluonj.op.LoopNest.Bounds;
import io.gluonj.op.LoopNest.Index;
import io.gluonj.op.LoopNest.Reduction;
import io.gluonj.op.LoopNest.Store;
import io.gluonj.op.Scalar.Fn;
import io.gluonj.op.Scalar.Fn2;
import io.gluonj.tensor.Ops;
import io.gluonj.types.AutogradException;
import io.gluonj.types.Shape;
import io.gluonj.types.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * How a feature map fits to displaced parts of another one. With {@code m} for the product or the
 * absolute difference, the three operators compute
 *
 * <pre>
 * Match   y[n, ty, tx, i, j] = sum over c of                m(a[n, c, i, j], b[n, c, v, u])
 * First  da[n, c, i, j]      = sum over ty, tx of       dy * dm/da
 * Second db[n, c, v, u]      = sum over ty, tx, i, j of dy * dm/db
 * </pre>
 *
 * at {@code v = i stride + ty step} and {@code u = j stride + tx step}: the latter two are the
 * gradients of the first. For products each is linear in two of (dy, a, b), and they are each
 * other's gradients.
 */
sealed interface Displaced extends Op.Structural {
  /**
   * What is matched with what.
   *
   * @param product whether products are summed, else absolute differences
   * @param grid displacements along each axis
   * @param stride of positions within b
   * @param step between displacements within b
   */
  record Plan(boolean product, long grid, long stride, long step) {
    /** The extent of b that displaced positions of {@code n} reach. */
    long reach(long n) {
      return (n - 1) * stride + (grid - 1) * step + 1;
    }

    /** The shape of b for one of a. */
    private Shape reached(Shape a) {
      return a.with(2, reach(a.dim(2))).with(3, reach(a.dim(3)));
    }

    /** The shape of y for one of a. */
    private Shape matches(Shape a) {
      return Shape.of(a.dim(0), grid, grid, a.dim(2), a.dim(3));
    }

    private void check(Infer s, Shape a) {
      boolean positive = grid >= 1 && stride >= 1 && step >= 1;
      if (!positive || a.rank() != 4 || a.dim(2) < 1 || a.dim(3) < 1) {
        throw s.error(
            "a of shape " + a + " with " + this,
            "a is (batch, channels, height, width) with at least one element, and positions go"
                + " forward",
            "pass images of rank 4, and numbers of at least 1");
      }
    }

    /** States what holds between the inputs (dy, a, b) of a gradient. */
    private void relate(Infer s) {
      if (s.in(1).isKnown()) {
        check(s, s.in(1));
        s.in(0, matches(s.in(1)), "dy has a number for each displacement");
        s.in(2, reached(s.in(1)), "b has what displaced positions reach");
      }
    }

    /**
     * By which a is multiplied in the gradient of b, and b in that of a; or the slope of either.
     */
    private Scalar slope(Scalar dy, Scalar a, Scalar b, boolean first) {
      if (product) {
        return dy.times(first ? b : a);
      }
      Scalar sign = a.minus(b).map(Fn.SIGN);
      return dy.times(first ? sign : sign.times(-1));
    }
  }

  Plan plan();

  Plan PRODUCTS = new Plan(true, 3, 2, 1);
  Plan DIFFERENCES = new Plan(false, 2, 1, 2);
  Shape A = Shape.of(2, 3, 2, 3);

  /** Of {@link #A} by {@link #PRODUCTS}, and by {@link #DIFFERENCES}. */
  Shape B = Shape.of(2, 3, 5, 7);

  Shape B_DIFFERENCES = Shape.of(2, 3, 4, 5);
  Shape Y = Shape.of(2, 3, 3, 2, 3);
  Shape Y_DIFFERENCES = Shape.of(2, 2, 2, 2, 3);

  private static Access load(int operand, TensorType type, List<Long> strides, List<Index> at) {
    return new Access(operand, type.dtype(), 0, strides, at);
  }

  private static LoopNest nest(
      List<Long> parallel, List<Long> reduced, List<Access> loads, TensorType out, Scalar body) {
    List<Long> strides = new ArrayList<>(Nests.list(out.shape().strides()));
    reduced.forEach(extent -> strides.add(0L));
    Access access = new Access(0, out.dtype(), 0, strides);
    return new LoopNest(
        parallel, reduced, loads, List.of(new Store(access, body, Scalar.arg(0))), Reduction.SUM);
  }

  private void refuseSecond() {
    if (!plan().product()) {
      throw new AutogradException(
          "a second derivative through a correlation of absolute differences was asked for",
          "their slope is a sign, which this version does not differentiate",
          "use is_multiply=True where second derivatives are needed");
    }
  }

  /** {@code y} from (a, b). */
  record Match(Plan plan) implements Displaced {
    static final OpSchema<Match> SCHEMA =
        OpSchema.internal(new Match(PRODUCTS), "_displaced_match")
            .inputs("a", "b")
            .sample(new Match(PRODUCTS), A, B)
            .sample(new Match(DIFFERENCES), A, B_DIFFERENCES);

    @Override
    public void infer(Infer s) {
      if (s.in(0).isKnown()) {
        plan.check(s, s.in(0));
        s.in(1, plan.reached(s.in(0)), "b has what displaced positions reach");
        s.out(0, plan.matches(s.in(0)), "a match for each displacement");
      }
    }

    @Override
    public void vjp(Vjp g) {
      g.grad(0, () -> Ops.call(new First(plan), g.dy(), g.in(0), g.in(1)));
      g.grad(1, () -> Ops.call(new Second(plan), g.dy(), g.in(0), g.in(1)));
    }

    @Override
    public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
      Shape a = in.get(0).shape();
      long[] sa = a.strides();
      long[] sb = in.get(1).shape().strides();
      Scalar x = Scalar.arg(0);
      Scalar y = Scalar.arg(1);
      return List.of(
          nest(
              Nests.list(out.getFirst().shape().dims()),
              List.of(a.dim(1)),
              List.of(
                  load(0, in.get(0), List.of(sa[0], 0L, 0L, sa[2], sa[3], sa[1]), List.of()),
                  load(
                      1,
                      in.get(1),
                      List.of(
                          sb[0],
                          plan.step() * sb[2],
                          plan.step() * sb[3],
                          plan.stride() * sb[2],
                          plan.stride() * sb[3],
                          sb[1]),
                      List.of())),
              out.getFirst(),
              plan.product() ? x.times(y) : x.minus(y).map(Fn.ABS)));
    }
  }

  /** {@code da} from (dy, a, b). */
  record First(Plan plan) implements Displaced {
    static final OpSchema<First> SCHEMA =
        OpSchema.internal(new First(PRODUCTS), "_displaced_first")
            .inputs("dy", "a", "b")
            .sample(new First(PRODUCTS), Y, A, B);

    @Override
    public void infer(Infer s) {
      plan.relate(s);
      s.out(0, s.in(1), "the gradient has the shape of a");
    }

    @Override
    public void vjp(Vjp g) {
      ((Displaced) this).refuseSecond();
      g.grad(0, () -> Ops.call(new Match(plan), g.dy(), g.in(2)));
      g.grad(1, () -> g.in(1).zerosLike());
      g.grad(2, () -> Ops.call(new Second(plan), g.in(0), g.dy(), g.in(2)));
    }

    @Override
    public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
      long[] sy = in.get(0).shape().strides();
      long[] sa = in.get(1).shape().strides();
      long[] sb = in.get(2).shape().strides();
      return List.of(
          nest(
              Nests.list(out.getFirst().shape().dims()),
              List.of(plan.grid(), plan.grid()),
              List.of(
                  load(0, in.get(0), List.of(sy[0], 0L, sy[3], sy[4], sy[1], sy[2]), List.of()),
                  load(1, in.get(1), List.of(sa[0], sa[1], sa[2], sa[3], 0L, 0L), List.of()),
                  load(
                      2,
                      in.get(2),
                      List.of(
                          sb[0],
                          sb[1],
                          plan.stride() * sb[2],
                          plan.stride() * sb[3],
                          plan.step() * sb[2],
                          plan.step() * sb[3]),
                      List.of())),
              out.getFirst(),
              plan.slope(Scalar.arg(0), Scalar.arg(1), Scalar.arg(2), true)));
    }
  }

  /** {@code db} from (dy, a, b). */
  record Second(Plan plan) implements Displaced {
    static final OpSchema<Second> SCHEMA =
        OpSchema.internal(new Second(PRODUCTS), "_displaced_second")
            .inputs("dy", "a", "b")
            .sample(new Second(PRODUCTS), Y, A, B);

    @Override
    public void infer(Infer s) {
      plan.relate(s);
      s.out(0, s.in(2), "the gradient has the shape of b");
    }

    @Override
    public void vjp(Vjp g) {
      ((Displaced) this).refuseSecond();
      g.grad(0, () -> Ops.call(new Match(plan), g.in(1), g.dy()));
      g.grad(1, () -> Ops.call(new First(plan), g.in(0), g.in(1), g.dy()));
      g.grad(2, () -> g.in(2).zerosLike());
    }

    /** The position in a whose displacement by a number leads to a position in b; or outside. */
    private Index source(int position, int displacement, long stride, long extent) {
      Scalar way =
          new Scalar.Iota(position)
              .minus(new Scalar.Iota(displacement).times((double) plan.step()));
      Scalar place = way;
      if (plan.stride() > 1) {
        Scalar rest = way.with(Fn2.MOD, Scalar.of((double) plan.stride()));
        place = rest.choose(Scalar.of(-1), way.over(Scalar.of((double) plan.stride())));
      }
      return new Index(place, stride, extent, Bounds.ZERO);
    }

    @Override
    public List<LoopNest> nests(List<TensorType> in, List<TensorType> out) {
      Shape a = in.get(1).shape();
      long[] sy = in.get(0).shape().strides();
      long[] sa = a.strides();
      long[] sb = in.get(2).shape().strides();
      return List.of(
          nest(
              Nests.list(out.getFirst().shape().dims()),
              List.of(plan.grid(), plan.grid()),
              List.of(
                  load(
                      0,
                      in.get(0),
                      List.of(sy[0], 0L, 0L, 0L, sy[1], sy[2]),
                      List.of(source(2, 4, sy[3], a.dim(2)), source(3, 5, sy[4], a.dim(3)))),
                  load(
                      1,
                      in.get(1),
                      List.of(sa[0], sa[1], 0L, 0L, 0L, 0L),
                      List.of(source(2, 4, sa[2], a.dim(2)), source(3, 5, sa[3], a.dim(3)))),
                  load(2, in.get(2), List.of(sb[0], sb[1], sb[2], sb[3], 0L, 0L), List.of())),
              out.getFirst(),
              plan.slope(Scalar.arg(0), Scalar.arg(1), Scalar.arg(2), false)));
    }
  }
}
