package io.gluonj.backend.cpu;

import io.gluonj.dnnl.Dnnl;
import io.gluonj.llvm.HostTarget;
import io.gluonj.llvm.ObjectCache;
import io.gluonj.omp.OpenMp;
import io.gluonj.types.TensorType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Which of several kernels was the fastest, kept on disk beside the compiled kernels. A choice
 * holds for one operator, its types, the candidates, the processor, the number of threads and the
 * version of oneDNN.
 */
final class ChoiceCache {
  private final ObjectCache cache;

  /** Keeps choices in a cache on disk. */
  ChoiceCache(ObjectCache cache) {
    this.cache = cache;
  }

  /** The position of the candidate chosen before, or -1; candidates are told by their names. */
  int find(String what, List<TensorType> in, List<TensorType> out, List<String> candidates) {
    byte[] found = cache.find(key(what, in, out, candidates));
    if (found == null || found.length != 1) {
      return -1;
    }
    return found[0] >= 0 && found[0] < candidates.size() ? found[0] : -1;
  }

  /** Keeps a choice. */
  void store(
      String what, List<TensorType> in, List<TensorType> out, List<String> candidates, int chosen) {
    cache.store(key(what, in, out, candidates), new byte[] {(byte) chosen});
  }

  private static String key(
      String what, List<TensorType> in, List<TensorType> out, List<String> candidates) {
    HostTarget target = HostTarget.current();
    String text =
        String.join(
            "\n",
            what,
            in.toString(),
            out.toString(),
            candidates.toString(),
            target.cpu(),
            target.features(),
            Integer.toString(OpenMp.shared().threads()),
            Dnnl.version());
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
