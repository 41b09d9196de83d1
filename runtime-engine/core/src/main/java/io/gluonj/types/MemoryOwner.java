package io.gluonj.types;

import java.util.function.Supplier;

/**
 * What a block of a device's memory is for: what a report groups it under. Made once for each
 * parameter or compiled operator and then passed by reference, so that naming an owner costs an
 * allocation nothing.
 *
 * @param label whose: a parameter's path, an operator's name; may be empty
 */
public record MemoryOwner(Kind kind, String label) {
  /** Kinds of owners. */
  public enum Kind {
    /** An array the program made from values. */
    ARRAY("array"),
    /** The values of a parameter. */
    PARAMETER("parameter"),
    /** A collected gradient. */
    GRADIENT("gradient of"),
    /** What an optimizer remembers of a parameter. */
    STATE("optimizer state of"),
    /** A batch that a data loader made. */
    BATCH("data batch"),
    /** What an operator computed, whether the program holds it or a later backward pass. */
    RESULT("result of"),
    /** Values that live only while a compiled graph runs, and its kernels' scratch memory. */
    INTERMEDIATE("intermediate values of");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** Arrays the program made, when nobody said more. */
  public static final MemoryOwner ARRAY = new MemoryOwner(Kind.ARRAY, "");

  /** Batches of a data loader. */
  public static final MemoryOwner BATCH = new MemoryOwner(Kind.BATCH, "");

  private static final ScopedValue<MemoryOwner> CURRENT = ScopedValue.newInstance();

  /** Runs an action; arrays it makes from values belong to this owner. */
  public <T> T during(Supplier<T> action) {
    return ScopedValue.where(CURRENT, this).call(action::get);
  }

  /** The owner of arrays that this thread makes from values now. */
  public static MemoryOwner current() {
    return CURRENT.orElse(ARRAY);
  }

  /**
   * What it reads like in a report.
   *
   * @param block path of the block it was allocated in; may be empty
   */
  public String in(String block) {
    String text = label.isEmpty() ? kind.text : kind.text + " " + label;
    return block.isEmpty() ? text : text + " in " + block;
  }

  @Override
  public String toString() {
    return in("");
  }
}
