package io.gluonj.backend;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/** Events as JSON in the format that Chrome's and Perfetto's trace viewers read. */
public final class ChromeTrace {
  private static final double NANOS_PER_MICRO = 1e3;

  private ChromeTrace() {}

  /** Complete events ({@code "ph": "X"}), one row for each thread; times in microseconds. */
  public static String of(List<Profiler.Event> events) {
    long begin = events.stream().mapToLong(Profiler.Event::start).min().orElse(0);
    JsonArray all = new JsonArray();
    for (Profiler.Event event : events) {
      JsonObject entry = new JsonObject();
      entry.addProperty("name", event.step().label());
      entry.addProperty("ph", "X");
      entry.addProperty("ts", (event.start() - begin) / NANOS_PER_MICRO);
      entry.addProperty("dur", event.nanoseconds() / NANOS_PER_MICRO);
      entry.addProperty("pid", 1);
      entry.addProperty("tid", event.thread());
      all.add(entry);
    }
    JsonObject trace = new JsonObject();
    trace.add("traceEvents", all);
    trace.addProperty("displayTimeUnit", "ms");
    return trace.toString();
  }
}
