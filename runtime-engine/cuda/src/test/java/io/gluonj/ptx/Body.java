package io.gluonj.ptx;

/** The byte code of a kernel. */
@FunctionalInterface
interface Body {
  /** The lane has left the kernel. */
  int EXITED = -1;

  /** The lane waits for others; {@link Lane#entry} says where it goes on. */
  int WAITS = -2;

  /**
   * Runs one lane until it leaves or must wait.
   *
   * @param entry 0, or where a lane that waited goes on
   */
  int run(Lane lane, int entry);
}
