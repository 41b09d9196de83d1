package io.gluonj.cuda;

import io.gluonj.natives.NativeArtifact;
import java.util.Set;
import jcuda.driver.JCudaDriver;
import org.jspecify.annotations.Nullable;

/** The driver as a whole: its start, and the one place where its return codes are looked at. */
public final class Cuda {
  /** System property: wait for each kernel, so that a fault is reported by the one that made it. */
  public static final String SYNCHRONOUS = "gluonj.cuda.synchronous";

  static final int SUCCESS = 0;
  static final int OUT_OF_MEMORY = 2;
  static final int NOT_READY = 600;
  static final int PEER_ACCESS_ALREADY_ENABLED = 704;

  private static final boolean WAITS = Boolean.getBoolean(SYNCHRONOUS);

  /**
   * Errors after which every further call in the context fails ({@code CUresult} in {@code cuda.h}:
   * "this leaves the process in an inconsistent state").
   */
  private static final Set<Integer> STICKY =
      Set.of(214, 220, 226, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 721);

  private static volatile @Nullable String lost;

  private static final class Started {
    static {
      JCudaNatives.load(NativeArtifact.JCUDA_DRIVER, () -> JCudaDriver.setExceptionsEnabled(false));
      check(JCudaDriver.cuInit(0), "cuInit");
    }

    static void require() {}
  }

  private Cuda() {}

  /**
   * Loads JCuda and initialises the driver, once. {@code CudaDiagnosis} says beforehand, without
   * exceptions, whether this works.
   */
  static void start() {
    Started.require();
  }

  /** Whether each kernel is waited for ({@value #SYNCHRONOUS}). */
  public static boolean synchronous() {
    return WAITS;
  }

  /**
   * Turns a return code of the driver into an exception unless it is {@code CUDA_SUCCESS}.
   *
   * @param code what the call returned
   * @param call the function's name, and on what it worked where that helps
   * @throws CudaException with CUDA's name and text of the error; kernels run behind the program's
   *     back, so the message of a fault lists the last launches that may have made it
   */
  public static void check(int code, String call) {
    if (code != SUCCESS) {
      throw failure(code, call, name(code), text(code));
    }
  }

  static CudaException failure(int code, String call, String name, String text) {
    String earlier = lost;
    if (earlier != null) {
      return new CudaException(
          code,
          call + " returned " + name + " (" + code + ")",
          "the GPU's context was lost when " + earlier + "; nothing on the GPU can be used since",
          "restart the process; " + fixOfFault());
    }
    if (STICKY.contains(code)) {
      lost = call + " returned " + name;
      return new CudaException(
          code,
          call + " returned " + name + " (" + code + "): " + text,
          "a kernel that ran earlier failed; not known to be finished were, oldest first:\n"
              + LaunchLog.unfinishedEverywhere(),
          "restart the process, because the GPU's context is lost; " + fixOfFault());
    }
    return new CudaException(
        code,
        call + " returned " + name + " (" + code + "): " + text,
        "the CUDA driver refused the call",
        code == OUT_OF_MEMORY
            ? "use a smaller batch, or end other programs on the GPU (nvidia-smi lists them)"
            : "run ./gluonj doctor for what was found on this machine; " + fixOfFault());
  }

  private static String fixOfFault() {
    return WAITS
        ? "the kernel named last is the one that failed (-D" + SYNCHRONOUS + "=true is on)"
        : "-D" + SYNCHRONOUS + "=true waits for each kernel, so that the message names the one";
  }

  /** Forgets that the context was lost; for tests of messages. */
  static void forgetLoss() {
    lost = null;
  }

  private static String name(int code) {
    String[] name = new String[1];
    int known = JCudaDriver.cuGetErrorName(code, name);
    return known == SUCCESS && name[0] != null ? name[0] : "an unknown error";
  }

  private static String text(int code) {
    String[] text = new String[1];
    int known = JCudaDriver.cuGetErrorString(code, text);
    return known == SUCCESS && text[0] != null ? text[0] : "the driver has no text for it";
  }
}
