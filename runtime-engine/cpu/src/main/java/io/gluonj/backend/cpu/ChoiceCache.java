package io.gluonj.backend.cpu;

import io.gluonj.dnnl.Dnnl;
import io.gluonj.llvm.HostTarget;
import io.gluonj.llvm.ObjectCache;
import io.gluonj.omp.OpenMp;
import io.gluonj.types.TensorType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Which of several kernels was the fastest, kept on disk beside the compiled kernels. A choice
 * holds for one operator, its types, the candidates, the processor, the number of threads and the
 * version of oneDNN; and, until one is made for them, for batches of about that size.
 */
final class ChoiceCache {
  /** How much smaller a batch may be that takes the choice of another one. */
  private static final long SMALLER = 8;

  /** How much larger it may be. */
  private static final long LARGER = 2;

  /** Part of every key: before it there were no choices for batches of about a size. */
  private static final String FORMAT = "choice 2";

  private final ObjectCache cache;

  /** Keeps choices in a cache on disk. */
  ChoiceCache(ObjectCache cache) {
    this.cache = cache;
  }

  /** What choices depend on beside the problem; asked for once. */
  private static final class Here {
    static final String MACHINE = machine();

    private static String machine() {
      HostTarget target = HostTarget.current();
      return String.join(
          "\n",
          target.cpu(),
          target.features(),
          Integer.toString(OpenMp.shared().threads()),
          Dnnl.version());
    }
  }

  /** The position of the candidate chosen before, or -1; candidates are told by their names. */
  int find(String what, List<TensorType> in, List<TensorType> out, List<String> candidates) {
    byte[] found = cache.find(key(what, in, out, candidates));
    if (found == null || found.length != 1) {
      return -1;
    }
    return found[0] >= 0 && found[0] < candidates.size() ? found[0] : -1;
  }

  /**
   * The position of the candidate chosen for another size of batch, or -1 if none was for a size
   * near this one.
   */
  int findNear(Problem problem, List<String> candidates) {
    byte[] found = cache.find(nearKey(problem, candidates));
    if (found == null || found.length != 1 + Long.BYTES) {
      return -1;
    }
    long known = ByteBuffer.wrap(found).getLong(1);
    boolean near = problem.batch() <= LARGER * known && known <= SMALLER * problem.batch();
    return near && found[0] >= 0 && found[0] < candidates.size() ? found[0] : -1;
  }

  /** Keeps a choice for batches of about this size, unless one for larger batches is there. */
  void storeNear(Problem problem, List<String> candidates, int chosen) {
    String key = nearKey(problem, candidates);
    byte[] found = cache.find(key);
    if (found == null
        || found.length != 1 + Long.BYTES
        || ByteBuffer.wrap(found).getLong(1) < problem.batch()) {
      byte[] entry = new byte[1 + Long.BYTES];
      ByteBuffer.wrap(entry).put((byte) chosen).putLong(problem.batch());
      cache.store(key, entry);
    }
  }

  private static String nearKey(Problem problem, List<String> candidates) {
    return key("any batch\n" + problem.ofBatches(), candidates);
  }

  /** Keeps a choice. */
  void store(
      String what, List<TensorType> in, List<TensorType> out, List<String> candidates, int chosen) {
    cache.store(key(what, in, out, candidates), new byte[] {(byte) chosen});
  }

  private static String key(
      String what, List<TensorType> in, List<TensorType> out, List<String> candidates) {
    return key(what + "\n" + in + "\n" + out, candidates);
  }

  private static String key(String problem, List<String> candidates) {
    String text = String.join("\n", FORMAT, problem, candidates.toString(), Here.MACHINE);
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
