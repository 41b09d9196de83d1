package io.gluonj.ptx;

import java.util.List;
import java.util.Map;

/**
 * A kernel without calls and names: functions are copied to where they are called, variables have
 * places.
 *
 * @param registers how many there are; the index of each is unique
 * @param localBytes of each lane
 * @param sharedBytes of each block, without what a launch adds
 * @param parameterBytes of the parameters, which lie one after another, each aligned
 */
record FlatKernel(
    String name,
    List<Instruction> body,
    Map<String, Integer> labels,
    Map<String, List<String>> targets,
    int registers,
    long localBytes,
    long sharedBytes,
    long parameterBytes) {}
