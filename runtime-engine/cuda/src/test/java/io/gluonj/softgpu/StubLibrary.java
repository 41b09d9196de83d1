package io.gluonj.softgpu;

import java.util.List;

/** The stubs and who is linked with them. */
enum StubLibrary {
  CUDA("libcuda.so.1", "jcuda-natives", "libJCudaDriver-", 801) {
    @Override
    List<String> sources() {
      return List.of(
          "device.c", "stream.c", "event.c", "graph.c", "memory.c", "copy.c", "module.c");
    }
  },
  CUBLAS("libcublas.so.12", "jcublas-natives", "libJCublas2-", 15) {
    @Override
    List<String> sources() {
      return List.of("cublas.c");
    }
  },
  CUDNN("libcudnn.so.8", "jcudnn-natives", "libJCudnn-", 9) {
    @Override
    List<String> sources() {
      return List.of("cudnn.c", "convolution.c");
    }
  };

  private final String file;
  private final String carrier;
  private final String client;
  private final int unsupported;

  StubLibrary(String file, String carrier, String client, int unsupported) {
    this.file = file;
    this.carrier = carrier;
    this.client = client;
    this.unsupported = unsupported;
  }

  abstract List<String> sources();

  /** Its name for the dynamic linker. */
  String file() {
    return file;
  }

  /** The artifact with the JNI half that needs it. */
  String carrier() {
    return carrier;
  }

  /** How the file of the JNI half starts. */
  String client() {
    return client;
  }

  /** What functions return that the stub does not have. */
  int unsupported() {
    return unsupported;
  }
}
