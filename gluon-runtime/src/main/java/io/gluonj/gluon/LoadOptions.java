package io.gluonj.gluon;

import io.gluonj.types.Device;
import java.util.List;

/**
 * How parameters are read from a file.
 *
 * @param allowMissing parameters that the file does not have keep their values
 * @param ignoreExtra names in the file that the block does not have are passed over
 * @param castDtype values of another element type are converted
 * @param devices where the parameters are to lie; empty for where they are, or the CPU
 */
public record LoadOptions(
    boolean allowMissing, boolean ignoreExtra, boolean castDtype, List<Device> devices) {
  public LoadOptions {
    devices = List.copyOf(devices);
  }

  /** Every parameter must be in the file and nothing else. */
  public static LoadOptions strict() {
    return new LoadOptions(false, false, false, List.of());
  }

  public LoadOptions allowMissing(boolean allow) {
    return new LoadOptions(allow, ignoreExtra, castDtype, devices);
  }

  public LoadOptions ignoreExtra(boolean ignore) {
    return new LoadOptions(allowMissing, ignore, castDtype, devices);
  }

  public LoadOptions castDtype(boolean cast) {
    return new LoadOptions(allowMissing, ignoreExtra, cast, devices);
  }

  /** Where the parameters are to lie. */
  public LoadOptions device(Device target) {
    return devices(List.of(target));
  }

  /** Where the parameters are to lie, on each device all of them. */
  public LoadOptions devices(List<Device> targets) {
    return new LoadOptions(allowMissing, ignoreExtra, castDtype, targets);
  }
}
