package io.gluonj.softgpu;

import java.util.List;

/** The stubs and who is linked with them. */
enum StubLibrary {
  CUDA("libcuda.so.1", "jcuda-natives", List.of("libJCudaDriver-"), 801) {
    @Override
    List<String> sources() {
      return List.of("device.c", "stream.c", "graph.c", "memory.c", "module.c");
    }
  },
  CUBLAS("libcublas.so.12", "jcublas-natives", List.of("libJCublas2-"), 15) {
    @Override
    List<String> sources() {
      return List.of("cublas.c");
    }
  },
  CUDNN("libcudnn.so.8", "jcudnn-natives", List.of("libJCudnn-"), 9) {
    @Override
    List<String> sources() {
      return List.of("cudnn.c", "convolution.c");
    }
  };

  private final String file;
  private final String carrier;
  private final List<String> clients;
  private final int unsupported;

  StubLibrary(String file, String carrier, List<String> clients, int unsupported) {
    this.file = file;
    this.carrier = carrier;
    this.clients = clients;
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

  /** How the files of the JNI halves start. */
  List<String> clients() {
    return clients;
  }

  /** What functions return that the stub does not have. */
  int unsupported() {
    return unsupported;
  }
}
