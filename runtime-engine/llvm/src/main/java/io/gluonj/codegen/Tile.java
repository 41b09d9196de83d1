package io.gluonj.codegen;

/**
 * The part of a result that is kept in registers while products are summed up (Goto and van de
 * Geijn, TOMS 2008): so many rows of so many vectors.
 *
 * @param rows each takes a number that is spread over a vector
 * @param vectors in a row
 * @param lanes elements of a vector
 */
public record Tile(int rows, int vectors, int lanes) {
  private static final int BITS_OF_32_REGISTERS = 512;

  /**
   * The tile for a processor: as large as leaves registers for a row of vectors and one number, of
   * 32 registers where vectors have 512 bits, else of 16.
   */
  static Tile of(int vectorBits, FloatType type) {
    int lanes = Math.max(2, vectorBits / (type == FloatType.F32 ? 32 : 64));
    return new Tile(vectorBits >= BITS_OF_32_REGISTERS ? 14 : 6, 2, lanes);
  }

  /** Columns of the result. */
  int columns() {
    return vectors * lanes;
  }

  /** The vector's type. */
  String vector(FloatType type) {
    return "<" + lanes + " x " + type.ir() + ">";
  }
}
