package io.gluonj.ptx;

import java.util.List;

/**
 * A kernel that can be run.
 *
 * @param waits whether lanes wait for each other anywhere
 * @param keeps whether lanes keep registers between calls of the body
 * @param sites the instructions that may fault
 */
record Kernel(FlatKernel code, Body body, boolean waits, boolean keeps, List<Instruction> sites) {
  String name() {
    return code.name();
  }
}
