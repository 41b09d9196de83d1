package io.gluonj.types;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A device's memory does not suffice; the message says what holds it. The process goes on: what the
 * failed operation had taken has been given back.
 */
public final class MemoryLimitException extends GluonException {
  private static final long serialVersionUID = 1L;

  private final long asked;
  private final String askedBy;
  private final transient MemoryFigures figures;
  private final transient List<MemoryShare> largest;

  /**
   * Explains a failed allocation.
   *
   * @param asked bytes
   * @param rounded bytes that would have been taken from the device
   * @param askedBy what they were for
   * @param figures of the device at that moment
   * @param largest the largest owners, largest first
   */
  public MemoryLimitException(
      long asked, long rounded, String askedBy, MemoryFigures figures, List<MemoryShare> largest) {
    super(
        MemoryFigures.text(asked)
            + " were asked for on "
            + figures.device()
            + ", for: "
            + askedBy
            + "\n    "
            + figures
            + table(largest),
        because(rounded, figures),
        fix(rounded, figures, largest),
        null);
    this.asked = asked;
    this.askedBy = askedBy;
    this.figures = figures;
    this.largest = List.copyOf(largest);
  }

  private static String table(List<MemoryShare> largest) {
    return largest.stream().map(s -> "\n      " + s).collect(Collectors.joining());
  }

  private static boolean withinLimit(long rounded, MemoryFigures f) {
    return rounded <= f.limit() - f.inUse();
  }

  private static String because(long rounded, MemoryFigures f) {
    return withinLimit(rounded, f)
        ? "the device itself had no block of that size left; other programs may use it too"
        : "only %s of the limit are left, and forgotten arrays have been collected already"
            .formatted(MemoryFigures.text(f.limit() - f.inUse()));
  }

  /** One suggestion, by what holds the most. */
  private static String fix(long rounded, MemoryFigures f, List<MemoryShare> largest) {
    if (withinLimit(rounded, f)) {
      return "end other programs on " + f.device() + ", or use a smaller batch";
    }
    if (rounded > f.limit()) {
      return "this alone is more than the limit: raise -Dgluonj.memory.limit (bytes), or compute in"
          + " smaller parts";
    }
    MemoryOwner.Kind kind =
        largest.isEmpty() ? MemoryOwner.Kind.ARRAY : largest.getFirst().owner().kind();
    return switch (kind) {
      case ARRAY ->
          "close arrays that are not needed any more, or make them inside a TensorScope"
              + " (-Dgluonj.debug.lifetime=true names the lines that made them)";
      case PARAMETER, GRADIENT, STATE ->
          "the model itself is what is large: raise -Dgluonj.memory.limit (bytes), or use a larger"
              + " device";
      case BATCH -> "close each batch after its step, or lower the loader's prefetch";
      case RESULT ->
          "use a smaller batch (gradReq ADD sums gradients over several), or open a TensorScope for"
              + " each step";
      case INTERMEDIATE -> "use a smaller batch; gradReq ADD sums gradients over several";
    };
  }

  /** How many bytes were asked for. */
  public long asked() {
    return asked;
  }

  /** What they were for: the operator and block, or the kind of array. */
  public String askedBy() {
    return askedBy;
  }

  /** The memory of the device at that moment. */
  public MemoryFigures figures() {
    return figures;
  }

  /** The ten largest owners, largest first. */
  public List<MemoryShare> largest() {
    return largest;
  }
}
