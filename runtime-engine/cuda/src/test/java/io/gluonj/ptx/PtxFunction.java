package io.gluonj.ptx;

import java.util.List;
import java.util.Map;

/**
 * A kernel or a function of a module.
 *
 * @param results the variables a function returns; none for kernels
 * @param body instructions; branches name labels
 * @param labels index of the instruction that follows each
 * @param targets tables of {@code brx.idx}
 * @param registers how many it declares
 * @param variables declared inside, among them the parameters of calls
 */
record PtxFunction(
    String name,
    boolean kernel,
    List<Variable> parameters,
    List<Variable> results,
    List<Instruction> body,
    Map<String, Integer> labels,
    Map<String, List<String>> targets,
    int registers,
    List<Variable> variables) {}
