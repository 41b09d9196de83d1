package io.gluonj.codegen;

import java.util.ArrayList;
import java.util.List;

/**
 * Packs panels whose elements lie anywhere, each inside or outside of borders, such as the places
 * of images that some positions of a convolution see.
 */
final class ScatteredPacking extends PackingCode {
  /** Where the depth begins, for each element of the panel. */
  private final List<Place> places = new ArrayList<>();

  ScatteredPacking(Packing packing, IrWriter out) {
    super(packing, out);
  }

  @Override
  void write() {
    findPlaces();
    runs(this::run);
  }

  /** Counts through the groups; what does not exist lies where the last element does. */
  private void findPlaces() {
    String valid = Packing.valid(out, own("run"), "%number", width);
    String rest = times("%number", String.valueOf(width));
    String[] digits = new String[form.groups()];
    for (int i = digits.length - 1; i > 0; i--) {
      digits[i] = out.value("urem i64 " + rest + ", " + own("group." + i));
      rest = out.value("udiv i64 " + rest + ", " + own("group." + i));
    }
    digits[0] = rest;
    for (int lane = 0; lane < width; lane++) {
      if (lane > 0) {
        count(digits, out.value("icmp slt i64 " + lane + ", " + valid));
      }
      Place place = origin();
      for (int i = 0; i < digits.length; i++) {
        place = move(place, "group." + i, digits[i]);
      }
      places.add(place);
    }
  }

  /** The next position, if there is one. */
  private void count(String[] digits, String exists) {
    String carry = exists;
    for (int i = digits.length - 1; i >= 0; i--) {
      String next = add(digits[i], out.value("zext i1 " + carry + " to i64"));
      if (i > 0) {
        String over = out.value("icmp eq i64 " + next + ", " + own("group." + i));
        digits[i] = out.value("select i1 " + over + ", i64 0, i64 " + next);
        carry = over;
      } else {
        digits[i] = next;
      }
    }
  }

  /**
   * An element of the panel during a run.
   *
   * @param from where to read; for an element outside of a border, another that can be read
   * @param inside whether it counts
   */
  private record Line(String from, String inside) {}

  private void run(List<String> digits, String low, String high, String ahead) {
    var lines = new ArrayList<Line>();
    for (Place place : places) {
      Place here = along(place, digits);
      String inside = inside(here);
      String from =
          form.borders() == 0
              ? here.offset()
              : out.value("select i1 " + inside + ", i64 " + here.offset() + ", i64 0");
      lines.add(new Line(from, inside));
    }
    String rest = low;
    if (form.stored() == type.dtype()) {
      String along = out.value("icmp eq i64 " + own("depth." + last + ".stride") + ", 1");
      String most = out.value("sdiv i64 " + minus(high, low) + ", " + lanes);
      String blocks = out.value("select i1 " + along + ", i64 " + most + ", i64 0");
      rest = add(low, times(blocks, String.valueOf(lanes)));
      for (int first = (vectors() - 1) * lanes; first >= 0; first -= lanes) {
        int line = first;
        out.loop(
            "0",
            blocks,
            block -> {
              String k = add(low, times(block, String.valueOf(lanes)));
              storeSteps(transposed(lines, k, line), target(add(ahead, k)), line);
            });
      }
    }
    out.loop(rest, high, k -> store(convert(lines, k), target(add(ahead, k))));
  }

  private List<String> transposed(List<Line> lines, String k, int first) {
    var rows = new ArrayList<String>();
    for (int lane = first; lane < first + lanes; lane++) {
      rows.add(lane < width ? steps(lines.get(lane), k) : "poison");
    }
    return new Transposition(out, vector, lanes).of(rows);
  }

  /** Elements of following steps, or zeros. */
  private String steps(Line line, String k) {
    String read = load(source(add(line.from(), k)));
    return form.borders() == 0
        ? read
        : out.value(
            "select i1 %s, %s %s, %s zeroinitializer"
                .formatted(line.inside(), vector, read, vector));
  }

  /** The elements of one step. */
  private List<String> convert(List<Line> lines, String k) {
    Elements elements = new Elements(out, type);
    String along = times(k, own("depth." + last + ".stride"));
    var all = new ArrayList<String>();
    for (int v = 0; v < vectors(); v++) {
      String made = "poison";
      for (int lane = 0; lane < lanes && v * lanes + lane < width; lane++) {
        Line line = lines.get(v * lanes + lane);
        String read = elements.load(form.stored(), "%source", add(line.from(), along));
        String value =
            form.borders() == 0
                ? read
                : out.value(
                    "select i1 %s, %s %s, %s %s"
                        .formatted(line.inside(), type.ir(), read, type.ir(), type.constant(0)));
        made = Lanes.insert(out, vector, made, type.ir() + " " + value, lane);
      }
      all.add(made);
    }
    return all;
  }
}
