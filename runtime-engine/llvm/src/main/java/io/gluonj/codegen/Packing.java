package io.gluonj.codegen;

import io.gluonj.codegen.Contraction.Factor;
import io.gluonj.types.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Brings part of a factor into panels, in which a {@link MicroKernel} reads ahead in memory: for
 * each step along the depth, {@code width} elements of the factor's own index.
 *
 * <p>A panel holds part of one run of the factor's innermost axis, so a step along the depth is
 * inside of all borders for a whole panel or for none of it. Where a run ends within a panel, what
 * the other places hold is not defined: it is multiplied, and not stored.
 *
 * @param side prefix of the factor's numbers
 * @param form of the factor
 * @param names of all numbers
 * @param lanes elements of a vector
 */
record Packing(
    String side,
    Form form,
    FloatType type,
    int width,
    int lanes,
    List<String> names) {
  /**
   * What the code for a factor depends on, besides numbers.
   *
   * @param operand number of the input
   * @param stored type of the elements in memory
   * @param groups number of outer axes of its own index
   * @param depth number of axes of the common index
   * @param borders number of its borders
   * @param moves whether a step along the fastest axis of the common index may cross a border
   */
  record Form(int operand, DType stored, int groups, int depth, int borders, boolean moves) {
    static Form of(Factor factor, DType stored) {
      return new Form(
          factor.operand(),
          stored,
          factor.groups().size(),
          factor.depth().size(),
          factor.borders().size(),
          factor.depth().getLast().border() != Contraction.NONE);
    }
  }

  /**
   * Adds the function {@code @pack_<side>(source, panel, number, from, to, numbers)}, which packs
   * steps {@code from} to {@code to} of one panel.
   */
  void define(Set<String> module) {
    IrWriter out = new IrWriter(module);
    out.asWritten();
    new Writer(out).write();
    module.add(
        "define internal void @pack_"
            + side
            + "(ptr noalias readonly %source, ptr noalias %panel, i64 %number, i64 %from, i64 %to,"
            + " ptr noalias readonly %numbers) #1 {\nentry:\n"
            + out
            + "  ret void\n}\n");
  }

  /** Loads numbers at the beginning of a function. */
  static Map<String, String> load(IrWriter out, List<String> names, String prefix) {
    var loaded = new HashMap<String, String>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).startsWith(prefix)) {
        String at = out.value("getelementptr inbounds i64, ptr %numbers, i64 " + i);
        loaded.put(names.get(i), out.value("load i64, ptr " + at));
      }
    }
    return loaded;
  }

  /** How many elements of a panel exist. */
  static String valid(IrWriter out, String extent, String inRun, int width) {
    String before = out.value("mul nuw nsw i64 " + inRun + ", " + width);
    String rest = out.value("sub nsw i64 " + extent + ", " + before);
    return out.call("i64", "llvm.smin.i64", "i64", rest, String.valueOf(width));
  }

  /** Where elements are read: an offset, and the coordinates. */
  private record Place(String offset, List<String> coordinates) {}

  private final class Writer {
    private final IrWriter out;
    private final Map<String, String> numbers;
    private final int last = form.depth() - 1;
    private final List<String> masks = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private String valid = "";

    Writer(IrWriter out) {
      this.out = out;
      this.numbers = load(out, names, "");
    }

    private String number(String name) {
      String found = numbers.get(name);
      if (found == null) {
        throw new IllegalStateException("no number " + name);
      }
      return found;
    }

    private String own(String name) {
      return number(side + "." + name);
    }

    void write() {
      Place start = start();
      for (int v = 0; v < width; v += lanes) {
        masks.add(Lanes.mask(out, lanes, add(valid, String.valueOf(-v))));
      }
      String most = add(valid, "-1");
      for (int lane = 0; lane < width; lane++) {
        String exists = out.call("i64", "llvm.smin.i64", "i64", String.valueOf(lane), most);
        lines.add(times(exists, own("stride")));
      }
      if (last == 0) {
        run(start, "%from", "%to", out.value("sub i64 0, %from"));
        return;
      }
      // runs along the fastest axis of the depth, whose other digits stay the same
      String inner = number("depth." + last);
      String first = out.value("udiv i64 %from, " + inner);
      String end = out.value("udiv i64 " + add("%to", add(inner, "-1")) + ", " + inner);
      out.loop(first, end, run -> {
        String zero = times(run, inner);
        Place place = outer(start, run);
        String low = out.call("i64", "llvm.smax.i64", "i64", minus("%from", zero), "0");
        String high = out.call("i64", "llvm.smin.i64", "i64", minus("%to", zero), inner);
        run(place, low, high, minus(zero, "%from"));
      });
    }

    /** The first element of the panel. */
    private Place start() {
      var coordinates = new ArrayList<String>();
      for (int i = 0; i < form.borders(); i++) {
        coordinates.add(own("start." + i));
      }
      String rest = out.value("udiv i64 %number, " + own("inRun"));
      String inRun = out.value("urem i64 %number, " + own("inRun"));
      valid = valid(out, own("extent"), inRun, width);
      String along = times(times(inRun, String.valueOf(width)), own("stride"));
      Place place = new Place(add(own("origin"), along), coordinates);
      for (int i = form.groups() - 1; i >= 0; i--) {
        String extent = own("group." + i);
        place = move(place, "group." + i, out.value("urem i64 " + rest + ", " + extent));
        rest = out.value("udiv i64 " + rest + ", " + extent);
      }
      return place;
    }

    /** Moves along all axes of the depth but the last. */
    private Place outer(Place from, String run) {
      Place place = from;
      String rest = run;
      for (int i = last - 1; i > 0; i--) {
        String extent = number("depth." + i);
        place = move(place, "depth." + i, out.value("urem i64 " + rest + ", " + extent));
        rest = out.value("udiv i64 " + rest + ", " + extent);
      }
      return move(place, "depth.0", rest);
    }

    private Place move(Place place, String axis, String by) {
      var coordinates = new ArrayList<String>();
      for (int i = 0; i < form.borders(); i++) {
        coordinates.add(add(place.coordinates().get(i), times(by, own(axis + ".move." + i))));
      }
      return new Place(add(place.offset(), times(by, own(axis + ".stride"))), coordinates);
    }

    /**
     * Steps {@code low} to {@code high} along the fastest axis of the depth.
     *
     * @param ahead what to add to such a step to have its number in the panel
     */
    private void run(Place place, String low, String high, String ahead) {
      if (form.stored() != type.dtype()) {
        each(place, low, high, ahead, this::convert);
        return;
      }
      String dense = out.value("icmp eq i64 " + own("stride") + ", 1");
      out.choose(
          dense, () -> copies(place, low, high, ahead), () -> lines(place, low, high, ahead));
    }

    /** Elements that follow each other in memory follow each other in the panel. */
    private void copies(Place place, String low, String high, String ahead) {
      Runnable part = () -> each(place, low, high, ahead, offset -> copy(offset, true));
      if (width % lanes != 0) {
        part.run();
        return;
      }
      String full = out.value("icmp eq i64 " + valid + ", " + width);
      out.choose(full, () -> each(place, low, high, ahead, offset -> copy(offset, false)), part);
    }

    /** What a step's elements are, one vector after the other. */
    private interface StepVectors {
      List<String> at(String offset);
    }

    private void each(Place place, String low, String high, String ahead, StepVectors elements) {
      out.loop(low, high, k -> {
        Place here = move(place, "depth." + last, k);
        String target = target(add(ahead, k));
        List<String> zeros = Collections.nCopies(masks.size(), "zeroinitializer");
        inside(here, () -> store(elements.at(here.offset()), target), () -> store(zeros, target));
      });
    }

    /**
     * Elements that follow each other in memory are those of following steps: as many steps at once
     * as a vector has lanes. Or there are none, and all is done one by one.
     */
    private void lines(Place place, String low, String high, String ahead) {
      if (form.moves()) {
        each(place, low, high, ahead, this::convert);
        return;
      }
      String along = out.value("icmp eq i64 " + own("depth." + last + ".stride") + ", 1");
      String most = out.value("sdiv i64 " + minus(high, low) + ", " + lanes);
      String blocks = out.value("select i1 " + along + ", i64 " + most + ", i64 0");
      String rest = add(low, times(blocks, String.valueOf(lanes)));
      // a vector of lines at a time: lines may be a power of two apart, and then share few places
      // of the cache
      for (int first = 0; first < width; first += lanes) {
        int line = first;
        out.loop("0", blocks, block -> {
          String k = add(low, times(block, String.valueOf(lanes)));
          String target = target(add(ahead, k));
          inside(
              place,
              () -> storeSteps(transposed(add(place.offset(), k), line), target, line),
              () ->
                  storeSteps(
                      Collections.nCopies(lanes, "zeroinitializer"), target, line));
        });
      }
      each(place, rest, high, ahead, this::convert);
    }

    private List<String> transposed(String offset, int first) {
      var rows = new ArrayList<String>();
      for (int lane = first; lane < first + lanes; lane++) {
        if (lane < width) {
          String from = source(add(offset, lines.get(lane)));
          rows.add(out.value("load " + vector() + ", ptr " + from + ", align " + type.bytes()));
        } else {
          rows.add("poison");
        }
      }
      return new Transposition(out, vector(), lanes).of(rows);
    }

    /** Stores a vector for each of some steps. */
    private void storeSteps(List<String> steps, String target, int first) {
      for (int k = 0; k < lanes; k++) {
        store(steps.get(k), element(target, k * width + first));
      }
    }

    /** Stores the vectors of a step; the last one may reach into the next step, stored later. */
    private void store(List<String> vectors, String target) {
      for (int v = 0; v < vectors.size(); v++) {
        store(vectors.get(v), element(target, v * lanes));
      }
    }

    private void store(String value, String to) {
      out.line("store " + vector() + " " + value + ", ptr " + to + ", align " + type.bytes());
    }

    private List<String> copy(String offset, boolean part) {
      return vectors(v -> {
        String from = element(source(offset), v * lanes);
        return part
            ? Lanes.load(out, vector(), lanes, type, from, masks.get(v))
            : out.value("load " + vector() + ", ptr " + from + ", align " + type.bytes());
      });
    }

    /** Element by element, from any type and any place. */
    private List<String> convert(String offset) {
      Elements elements = new Elements(out, type);
      return vectors(v -> {
        String made = "poison";
        for (int lane = 0; lane < lanes && v * lanes + lane < width; lane++) {
          String at = add(offset, lines.get(v * lanes + lane));
          String value = elements.load(form.stored(), "%source", at);
          made =
              out.value(
                  "insertelement %s %s, %s %s, i64 %d"
                      .formatted(vector(), made, type.ir(), value, lane));
        }
        return made;
      });
    }

    private List<String> vectors(IntFunction<String> vector) {
      var all = new ArrayList<String>();
      for (int v = 0; v < masks.size(); v++) {
        all.add(vector.apply(v));
      }
      return all;
    }

    private void inside(Place place, Runnable yes, Runnable no) {
      if (form.borders() == 0) {
        yes.run();
        return;
      }
      String inside = "true";
      for (int i = 0; i < form.borders(); i++) {
        String at = place.coordinates().get(i);
        String here = out.value("icmp ult i64 " + at + ", " + own("limit." + i));
        inside = i == 0 ? here : out.value("and i1 " + inside + ", " + here);
      }
      out.choose(inside, yes, no);
    }

    /** Where a step's elements are put. */
    private String target(String step) {
      String at = times(step, String.valueOf(width));
      return out.value("getelementptr inbounds " + type.ir() + ", ptr %panel, i64 " + at);
    }

    private String source(String offset) {
      return out.value("getelementptr inbounds " + type.ir() + ", ptr %source, i64 " + offset);
    }

    private String element(String base, int number) {
      return out.value(
          "getelementptr inbounds " + type.ir() + ", ptr " + base + ", i64 " + number);
    }

    private String vector() {
      return "<" + lanes + " x " + type.ir() + ">";
    }

    private String add(String x, String y) {
      return out.value("add nsw i64 " + x + ", " + y);
    }

    private String minus(String x, String y) {
      return out.value("sub nsw i64 " + x + ", " + y);
    }

    private String times(String x, String y) {
      return out.value("mul nsw i64 " + x + ", " + y);
    }
  }
}
