package io.gluonj.io;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.Device;
import io.gluonj.types.FileFormatException;
import io.gluonj.types.InvalidArgumentException;
import java.nio.file.Path;
import java.util.Map;

/**
 * MXNet's {@code .params} files: named arrays (MXNet: {@code mx.nd.save}, {@code mx.nd.load}).
 *
 * <p>Keys are stored as they are: structural ({@code features.0.weight}), exported ({@code
 * arg:conv0_weight}, {@code aux:bn0_running_mean}) or bare. What they mean is the caller's
 * business.
 */
public final class ParamsFile {
  private ParamsFile() {}

  /**
   * Reads all arrays of a file written by any version of MXNet before 2.0 (formats V0 to V3), from
   * whatever device they were saved. Every size is checked against the file before memory is taken,
   * and arrays are made only when the whole file has been found sound.
   *
   * @return the arrays in the file's order; arrays of a list have the keys "0", "1", …; an array
   *     that was never given a value (MXNet: none) is left out
   * @throws FileFormatException if the file is truncated, corrupt, of another kind, or holds what
   *     this version does not read (sparse arrays, unsigned types beyond uint8)
   * @throws InvalidArgumentException if the file cannot be opened
   */
  public static Map<String, NDArray> read(Path file, Device device) {
    return ParamsReader.read(file, device);
  }

  /**
   * Writes arrays in format V2, which MXNet 1.x reads; whole or not at all.
   *
   * @param arrays in the order in which they are written
   * @throws InvalidArgumentException if an array has no axes or no elements, which the format
   *     cannot hold, or if the file cannot be written
   */
  public static void write(Path file, Map<String, NDArray> arrays) {
    ParamsWriter.write(file, arrays);
  }
}
