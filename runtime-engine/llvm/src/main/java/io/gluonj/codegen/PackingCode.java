package io.gluonj.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the functions that pack panels have in common. */
abstract class PackingCode {
  /** Where elements are read: an offset, and the coordinates. */
  record Place(String offset, List<String> coordinates) {}

  final Packing packing;
  final IrWriter out;
  final Packing.Form form;
  final FloatType type;
  final int width;
  final int lanes;
  final String vector;

  /** Number of the fastest axis of the depth. */
  final int last;

  private final Map<String, String> numbers;

  PackingCode(Packing packing, IrWriter out) {
    this.packing = packing;
    this.out = out;
    this.form = packing.form();
    this.type = packing.type();
    this.width = packing.width();
    this.lanes = packing.lanes();
    this.vector = "<" + lanes + " x " + type.ir() + ">";
    this.last = form.depth() - 1;
    this.numbers = Packing.load(out, packing.names());
  }

  /** Writes the body of the function. */
  abstract void write();

  final String number(String name) {
    String found = numbers.get(name);
    if (found == null) {
      throw new IllegalStateException("no number " + name);
    }
    return found;
  }

  /** A number of this factor. */
  final String own(String name) {
    return number(packing.side() + "." + name);
  }

  /** The first element of the factor. */
  final Place origin() {
    var coordinates = new ArrayList<String>();
    for (int i = 0; i < form.borders(); i++) {
      coordinates.add(own("start." + i));
    }
    return new Place(own("origin"), coordinates);
  }

  final Place move(Place place, String axis, String by) {
    var coordinates = new ArrayList<String>();
    for (int i = 0; i < form.borders(); i++) {
      coordinates.add(add(place.coordinates().get(i), times(by, own(axis + ".move." + i))));
    }
    return new Place(add(place.offset(), times(by, own(axis + ".stride"))), coordinates);
  }

  /** Whether a place is inside of all borders. */
  final String inside(Place place) {
    String inside = "true";
    for (int i = 0; i < form.borders(); i++) {
      String at = place.coordinates().get(i);
      String here = out.value("icmp ult i64 " + at + ", " + own("limit." + i));
      inside = i == 0 ? here : out.value("and i1 " + inside + ", " + here);
    }
    return inside;
  }

  /** Steps along the fastest axis of the depth, while the digits of the others stay the same. */
  interface Run {
    /**
     * Packs steps {@code low} to {@code high}.
     *
     * @param digits of the other axes
     * @param ahead what to add to a step to have its number in the panel
     */
    void at(List<String> digits, String low, String high, String ahead);
  }

  /** Cuts the steps of the function into runs. */
  final void runs(Run run) {
    if (last == 0) {
      run.at(List.of(), "%from", "%to", out.value("sub i64 0, %from"));
      return;
    }
    String inner = number("depth." + last);
    String first = out.value("udiv i64 %from, " + inner);
    String end = out.value("udiv i64 " + add("%to", add(inner, "-1")) + ", " + inner);
    out.loop(
        first,
        end,
        number -> {
          String zero = times(number, inner);
          String low = out.call("i64", "llvm.smax.i64", "i64", minus("%from", zero), "0");
          String high = out.call("i64", "llvm.smin.i64", "i64", minus("%to", zero), inner);
          run.at(digits(number), low, high, minus(zero, "%from"));
        });
  }

  private List<String> digits(String number) {
    String[] digits = new String[last];
    String rest = number;
    for (int i = last - 1; i > 0; i--) {
      String extent = number("depth." + i);
      digits[i] = out.value("urem i64 " + rest + ", " + extent);
      rest = out.value("udiv i64 " + rest + ", " + extent);
    }
    digits[0] = rest;
    return List.of(digits);
  }

  /** Moves along all axes of the depth but the fastest. */
  final Place along(Place from, List<String> digits) {
    Place place = from;
    for (int i = 0; i < digits.size(); i++) {
      place = move(place, "depth." + i, digits.get(i));
    }
    return place;
  }

  /** Number of the vectors that a step of the panel takes. */
  final int vectors() {
    return Math.ceilDiv(width, lanes);
  }

  /** Where a step's elements are put. */
  final String target(String step) {
    String at = times(step, String.valueOf(width));
    return out.value("getelementptr inbounds " + type.ir() + ", ptr %panel, i64 " + at);
  }

  final String source(String offset) {
    return out.value("getelementptr inbounds " + type.ir() + ", ptr %source, i64 " + offset);
  }

  final String element(String base, int number) {
    return out.value("getelementptr inbounds " + type.ir() + ", ptr " + base + ", i64 " + number);
  }

  final String load(String from) {
    return out.value("load " + vector + ", ptr " + from + ", align " + type.bytes());
  }

  /** Stores the vectors of a step; the last one may reach into the next step, stored later. */
  final void store(List<String> vectors, String target) {
    for (int v = 0; v < vectors.size(); v++) {
      store(vectors.get(v), element(target, v * lanes));
    }
  }

  private void store(String value, String to) {
    out.line("store " + vector + " " + value + ", ptr " + to + ", align " + type.bytes());
  }

  /** Stores lanes {@code first} and following of each of some steps. */
  final void storeSteps(List<String> steps, String target, int first) {
    for (int k = 0; k < lanes; k++) {
      store(steps.get(k), element(target, k * width + first));
    }
  }

  final String add(String x, String y) {
    return out.value("add nsw i64 " + x + ", " + y);
  }

  final String minus(String x, String y) {
    return out.value("sub nsw i64 " + x + ", " + y);
  }

  final String times(String x, String y) {
    return out.value("mul nsw i64 " + x + ", " + y);
  }
}
