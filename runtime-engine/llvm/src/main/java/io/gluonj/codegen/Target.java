package io.gluonj.codegen;

/**
 * What differs between processors in the code of one position. Operands are pointers of the generic
 * address space everywhere; how positions are given out to threads is the walk's business.
 */
interface Target {
  /** The processor of this computer: float32 as arithmetic, float64 by the C library. */
  Target HOST =
      (out, type) ->
          switch (type) {
            case F32 -> new FloatFunctions(out);
            case F64 -> new DoubleFunctions(out);
          };

  /** A GPU: both as arithmetic, since there is no C library. */
  Target GPU =
      (out, type) ->
          switch (type) {
            case F32 -> new FloatFunctions(out);
            case F64 -> new DoubleSeries(out);
          };

  /** Transcendental functions of a type, written to {@code out}. */
  Functions functions(IrWriter out, FloatType type);
}
