package io.gluonj.cuda;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link CudaDiagnosis} asks of a machine, in the order in which it asks. */
interface DriverProbe {
  /** The platform, as in the classifiers of jars. */
  String platform();

  /** Why the driver's library could not be opened, in the dynamic linker's words; else null. */
  @Nullable String openFailure();

  /** The version of CUDA the driver implements, as cuDriverGetVersion gives it. */
  int version();

  /** Functions the engine calls that the driver's library does not have. */
  List<String> missingFunctions();

  /** What cuInit returns. */
  int init();

  /** What cuDeviceGetCount counts. */
  int count();

  /** Value of CUDA_VISIBLE_DEVICES, or null. */
  @Nullable String visibleDevices();

  /** Why JCuda could not be loaded; else null. */
  @Nullable String bindingFailure();

  /** What a device is. */
  GpuProperties properties(int index);
}
