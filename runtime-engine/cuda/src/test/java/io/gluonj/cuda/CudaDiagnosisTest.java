package io.gluonj.cuda;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CudaDiagnosisTest {
  /** A machine with two GPUs of which everything can be spoilt. */
  record Machine(
      String platform,
      @Nullable String openFailure,
      int version,
      List<String> missingFunctions,
      int init,
      int count,
      @Nullable String visibleDevices,
      @Nullable String bindingFailure,
      int major)
      implements DriverProbe {
    /** A value of {@code init} that stands for a call that cannot be made. */
    static final int UNCALLABLE = -1;

    static final Machine GOOD =
        new Machine("linux-x86_64", null, 12_060, List.of(), 0, 2, null, null, 8);

    @Override
    public int init() {
      if (init == UNCALLABLE) {
        throw new UnsatisfiedLinkError("cuInit");
      }
      return init;
    }

    @Override
    public GpuProperties properties(int index) {
      return new GpuProperties("A GPU", major, 2, 40, 32, 16L << 30, true, version);
    }

    Machine on(String other) {
      return new Machine(
          other,
          openFailure,
          version,
          missingFunctions,
          init,
          count,
          visibleDevices,
          bindingFailure,
          major);
    }

    Machine refusing(String sentence) {
      return new Machine(
          platform,
          sentence,
          version,
          missingFunctions,
          init,
          count,
          visibleDevices,
          bindingFailure,
          major);
    }

    Machine version(int other) {
      return new Machine(
          platform,
          openFailure,
          other,
          missingFunctions,
          init,
          count,
          visibleDevices,
          bindingFailure,
          major);
    }

    Machine without(String function) {
      return new Machine(
          platform,
          openFailure,
          version,
          List.of(function),
          init,
          count,
          visibleDevices,
          bindingFailure,
          major);
    }

    Machine init(int code) {
      return new Machine(
          platform,
          openFailure,
          version,
          missingFunctions,
          code,
          count,
          visibleDevices,
          bindingFailure,
          major);
    }

    Machine count(int other, @Nullable String visible) {
      return new Machine(
          platform,
          openFailure,
          version,
          missingFunctions,
          init,
          other,
          visible,
          bindingFailure,
          major);
    }

    Machine unbound(String sentence) {
      return new Machine(
          platform,
          openFailure,
          version,
          missingFunctions,
          init,
          count,
          visibleDevices,
          sentence,
          major);
    }

    Machine major(int other) {
      return new Machine(
          platform,
          openFailure,
          version,
          missingFunctions,
          init,
          count,
          visibleDevices,
          bindingFailure,
          other);
    }
  }

  record Case(Machine machine, int device, String detail, String fix) {}

  static Stream<Case> table() {
    Machine good = Machine.GOOD;
    return Stream.of(
        new Case(good.on("macosx-arm64"), 0, "platform is macosx-arm64", "Linux"),
        new Case(
            good.refusing("libcuda.so.1: cannot open shared object file"),
            0,
            "'libcuda.so.1: cannot open shared object file'",
            "install the NVIDIA driver"),
        new Case(good.version(11_040), 0, "serves CUDA 11.4, needed is 12.0", "525 or newer"),
        new Case(good.without("cuMemAllocAsync"), 0, "lacks cuMemAllocAsync", "LD_LIBRARY_PATH"),
        new Case(good.init(34), 0, "stub", "lib64/stubs"),
        new Case(good.init(100), 0, "sees no GPU", "--gpus all"),
        new Case(good.init(803), 0, "different versions", "restart the machine"),
        new Case(good.init(804), 0, "forward compatibility", "cuda-compat"),
        new Case(good.init(999), 0, "cuInit returned 999", "nvidia-smi"),
        new Case(good.count(0, "7"), 0, "CUDA_VISIBLE_DEVICES is '7'", "unset"),
        new Case(good.unbound("jcuda/driver/X"), 0, "jcuda/driver/X", "org.jcuda:jcuda"),
        new Case(good, 3, "shows 2 GPUs, gpu:0 to gpu:1", "CUDA_VISIBLE_DEVICES"),
        new Case(good.count(1, null), 3, "shows one GPU, gpu:0", "CUDA_VISIBLE_DEVICES"),
        new Case(good.major(3), 1, "needed is compute capability 5.0", "Maxwell"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void saysWhatIsMissingAndHowToGetIt(Case wrong) {
    CudaDiagnosis found = diagnosis(wrong.machine(), wrong.device());
    assertThat(found.usable()).isFalse();
    assertThat(found.detail()).contains(wrong.detail());
    assertThat(found.fix()).contains(wrong.fix());
  }

  private static CudaDiagnosis diagnosis(DriverProbe probe, int index) {
    CudaDiagnosis driver = CudaDiagnosis.driver(probe);
    return driver.usable() ? CudaDiagnosis.device(probe, index) : driver;
  }

  @Test
  void aUsableGpuIsDescribed() {
    CudaDiagnosis found = diagnosis(Machine.GOOD, 1);
    assertThat(found.usable()).isTrue();
    assertThat(found.fix()).isEmpty();
    assertThat(found.detail())
        .isEqualTo(
            "gpu:1 A GPU (compute capability 8.2, 40 multiprocessors, 16.0 GiB), driver for CUDA"
                + " 12.6");
  }

  @Test
  void nothingIsAskedOfJCudaWhereThereIsNoDevice() {
    var asked = new ArrayList<String>();
    var machine =
        new DriverProbe() {
          private final Machine none = Machine.GOOD.init(100);

          @Override
          public String platform() {
            return none.platform();
          }

          @Override
          public @Nullable String openFailure() {
            return none.openFailure();
          }

          @Override
          public int version() {
            return none.version();
          }

          @Override
          public List<String> missingFunctions() {
            return none.missingFunctions();
          }

          @Override
          public int init() {
            return none.init();
          }

          @Override
          public int count() {
            asked.add("count");
            return 0;
          }

          @Override
          public @Nullable String visibleDevices() {
            return null;
          }

          @Override
          public @Nullable String bindingFailure() {
            asked.add("bindings");
            return null;
          }

          @Override
          public GpuProperties properties(int index) {
            asked.add("properties");
            return none.properties(index);
          }
        };
    assertThat(CudaDiagnosis.driver(machine).usable()).isFalse();
    assertThat(asked).isEmpty();
  }

  @Test
  void aFailureWhileLookingIsAFinding() {
    CudaDiagnosis found = CudaDiagnosis.driver(Machine.GOOD.init(Machine.UNCALLABLE));
    assertThat(found.usable()).isFalse();
    assertThat(found.detail()).contains("looking for GPUs failed: java.lang.UnsatisfiedLinkError");
  }

  @Test
  void thisMachineIsAnswered() {
    CudaDiagnosis found = CudaDiagnosis.of(10_000);
    assertWithMessage("no machine has so many").that(found.usable()).isFalse();
    assertThat(found.detail()).isNotEmpty();
    assertThat(found.fix()).isNotEmpty();
    assertThat(CudaDiagnosis.all()).isNotEmpty();
  }
}
