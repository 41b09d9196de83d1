package io.gluonj.cuda.dnn;

/**
 * One of cuDNN's ways to compute a pass, as its {@code …AlgoPerf_t} describes it.
 *
 * @param id its number among those of the pass
 * @param status 0 if it can be used
 * @param milliseconds measured or expected; negative if unknown
 * @param workspace bytes of memory it needs while it runs
 * @param deterministic whether equal operands give equal bits
 * @param mathType {@code cudnnMathType_t} to be set before it is used
 */
public record Algorithm(
    int id, int status, float milliseconds, long workspace, boolean deterministic, int mathType) {}
