package io.gluonj.gluon;

import io.gluonj.types.Device;
import org.jspecify.annotations.Nullable;

/**
 * How parameters are read from a file.
 *
 * @param allowMissing parameters that the file does not have keep their values
 * @param ignoreExtra names in the file that the block does not have are passed over
 * @param castDtype values of another element type are converted
 * @param device where the parameters are to lie; null for where they are, or the CPU
 */
public record LoadOptions(
    boolean allowMissing, boolean ignoreExtra, boolean castDtype, @Nullable Device device) {
  /** Every parameter must be in the file and nothing else. */
  public static LoadOptions strict() {
    return new LoadOptions(false, false, false, null);
  }

  public LoadOptions allowMissing(boolean allow) {
    return new LoadOptions(allow, ignoreExtra, castDtype, device);
  }

  public LoadOptions ignoreExtra(boolean ignore) {
    return new LoadOptions(allowMissing, ignore, castDtype, device);
  }

  public LoadOptions castDtype(boolean cast) {
    return new LoadOptions(allowMissing, ignoreExtra, cast, device);
  }

  public LoadOptions device(Device target) {
    return new LoadOptions(allowMissing, ignoreExtra, castDtype, target);
  }
}
