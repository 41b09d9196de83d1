package io.gluonj.codegen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/** Packs panels that hold parts of runs: at regular distances, or without any. */
final class RunPacking extends PackingCode {
  private final List<String> masks = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private String valid = "";

  RunPacking(Packing packing, IrWriter out) {
    super(packing, out);
  }

  @Override
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
    runs((digits, low, high, ahead) -> run(along(start, digits), low, high, ahead));
  }

  /** The first element of the panel. */
  private Place start() {
    String rest = out.value("udiv i64 %number, " + own("inRun"));
    String inRun = out.value("urem i64 %number, " + own("inRun"));
    valid = Packing.valid(out, own("run"), inRun, width);
    Place origin = origin();
    String along = times(times(inRun, String.valueOf(width)), own("stride"));
    Place place = new Place(add(origin.offset(), along), origin.coordinates());
    for (int i = form.groups() - 1; i >= 0; i--) {
      String extent = own("group." + i);
      place = move(place, "group." + i, out.value("urem i64 " + rest + ", " + extent));
      rest = out.value("udiv i64 " + rest + ", " + extent);
    }
    return place;
  }

  private void run(Place place, String low, String high, String ahead) {
    if (form.stored() != type.dtype()) {
      each(place, low, high, ahead, this::convert);
      return;
    }
    String dense = out.value("icmp eq i64 " + own("stride") + ", 1");
    out.choose(dense, () -> copies(place, low, high, ahead), () -> lines(place, low, high, ahead));
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
    out.loop(
        low,
        high,
        k -> {
          Place here = move(place, "depth." + last, k);
          String target = target(add(ahead, k));
          List<String> zeros = Collections.nCopies(vectors(), "zeroinitializer");
          ifInside(
              here, () -> store(elements.at(here.offset()), target), () -> store(zeros, target));
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
    // of the cache; the last ones first, for they reach into the first ones of the next step
    for (int first = (vectors() - 1) * lanes; first >= 0; first -= lanes) {
      int line = first;
      out.loop(
          "0",
          blocks,
          block -> {
            String k = add(low, times(block, String.valueOf(lanes)));
            String target = target(add(ahead, k));
            ifInside(
                place,
                () -> storeSteps(transposed(add(place.offset(), k), line), target, line),
                () -> storeSteps(Collections.nCopies(lanes, "zeroinitializer"), target, line));
          });
    }
    each(place, rest, high, ahead, this::convert);
  }

  private List<String> transposed(String offset, int first) {
    var rows = new ArrayList<String>();
    for (int lane = first; lane < first + lanes; lane++) {
      rows.add(lane < width ? load(source(add(offset, lines.get(lane)))) : "poison");
    }
    return new Transposition(out, vector, lanes).of(rows);
  }

  private List<String> copy(String offset, boolean part) {
    return all(v -> {
      String from = element(source(offset), v * lanes);
      return part ? Lanes.load(out, vector, lanes, type, from, masks.get(v)) : load(from);
    });
  }

  /** Element by element, from any type and any place. */
  private List<String> convert(String offset) {
    Elements elements = new Elements(out, type);
    return all(v -> {
      String made = "poison";
      for (int lane = 0; lane < lanes && v * lanes + lane < width; lane++) {
        String at = add(offset, lines.get(v * lanes + lane));
        String value = elements.load(form.stored(), "%source", at);
        made = Lanes.insert(out, vector, made, type.ir() + " " + value, lane);
      }
      return made;
    });
  }

  private List<String> all(IntFunction<String> vector) {
    var all = new ArrayList<String>();
    for (int v = 0; v < vectors(); v++) {
      all.add(vector.apply(v));
    }
    return all;
  }

  private void ifInside(Place place, Runnable yes, Runnable no) {
    if (form.borders() == 0) {
      yes.run();
    } else {
      out.choose(inside(place), yes, no);
    }
  }
}
