package io.gluonj.cuda;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaunchLogTest {
  private final LaunchLog log = LaunchLog.of("gpu:9");

  @AfterEach
  void forget() {
    log.forget();
    Cuda.forgetLoss();
  }

  @Test
  void launchesAreListedOldestFirstWithTheirOperator() {
    log.operator("Convolution 'conv1'");
    log.launched("im2col");
    log.launched("gemm");
    log.operator("");
    log.launched("copy");
    assertThat(log.unfinished())
        .containsExactly(
            "gpu:9 #0 im2col of Convolution 'conv1'",
            "gpu:9 #1 gemm of Convolution 'conv1'",
            "gpu:9 #2 copy")
        .inOrder();
  }

  @Test
  void whatIsKnownToBeFinishedIsLeftOut() {
    log.launched("a");
    long before = log.count();
    log.launched("b");
    log.finished(before);
    assertThat(log.unfinished()).containsExactly("gpu:9 #1 b");
    log.finished(0);
    assertThat(log.unfinished()).containsExactly("gpu:9 #1 b");
  }

  @Test
  void onlyTheLastSixtyFourAreKept() {
    for (int i = 0; i < 100; i++) {
      log.launched("kernel" + i);
    }
    assertThat(log.unfinished()).hasSize(64);
    assertThat(log.unfinished().getFirst()).isEqualTo("gpu:9 #36 kernel36");
    assertThat(log.unfinished().getLast()).isEqualTo("gpu:9 #99 kernel99");
  }

  @Test
  void aFaultNamesTheCallTheSuspectsAndTheSwitch() {
    log.operator("softmax 'output'");
    log.launched("rows");
    CudaException e = fault();
    assertThat(e.code()).isEqualTo(700);
    assertThat(e)
        .hasMessageThat()
        .contains("cuStreamSynchronize returned CUDA_ERROR_ILLEGAL_ADDRESS (700): the text");
    assertThat(e).hasMessageThat().contains("gpu:9 #0 rows of softmax 'output'");
    assertThat(e).hasMessageThat().contains("-Dgluonj.cuda.synchronous=true");
    assertThat(e).hasMessageThat().contains("restart the process");
  }

  @Test
  void afterAFaultEveryFailureSaysThatTheContextIsLost() {
    fault();
    CudaException e = Cuda.failure(700, "cuMemAlloc", "CUDA_ERROR_ILLEGAL_ADDRESS", "the text");
    assertThat(e).hasMessageThat().contains("context was lost when cuStreamSynchronize returned");
    assertThat(e).hasMessageThat().contains("restart the process");
  }

  @Test
  void aRefusedCallDoesNotLoseTheContext() {
    CudaException e = Cuda.failure(1, "cuLaunchKernel", "CUDA_ERROR_INVALID_VALUE", "bad");
    assertThat(e).hasMessageThat().contains("the CUDA driver refused the call");
    CudaException next = Cuda.failure(2, "cuMemAlloc", "CUDA_ERROR_OUT_OF_MEMORY", "none left");
    assertThat(next).hasMessageThat().contains("smaller batch");
    assertThat(next).hasMessageThat().doesNotContain("lost when");
  }

  private static CudaException fault() {
    return Cuda.failure(700, "cuStreamSynchronize", "CUDA_ERROR_ILLEGAL_ADDRESS", "the text");
  }
}
