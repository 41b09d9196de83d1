package io.gluonj.io;

import io.gluonj.tensor.NDArray;
import io.gluonj.types.InvalidArgumentException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Writes {@code .params} files in format V2. */
final class ParamsWriter {
  /** What is handed to the channel at once: a byte buffer cannot address more than 2 GiB. */
  private static final long CHUNK = 64L << 20;

  private static final int DENSE = 0;
  private static final int CPU = 1;

  private final FileChannel channel;

  private ParamsWriter(FileChannel channel) {
    this.channel = channel;
  }

  static void write(Path file, Map<String, NDArray> arrays) {
    arrays.forEach(ParamsWriter::check);
    WholeFile.write(file, channel -> new ParamsWriter(channel).all(arrays));
  }

  private static void check(String key, NDArray array) {
    if (array.shape().rank() == 0 || array.size() == 0) {
      throw new InvalidArgumentException(
          "array '" + key + "' of shape " + array.shape() + " was to be saved",
          "MXNet's .params files hold arrays with at least one axis and one element",
          "reshape a single value to (1,), and leave empty arrays out");
    }
  }

  private void all(Map<String, NDArray> arrays) throws IOException {
    put(numbers(24).putLong(ParamsReader.LIST_MAGIC).putLong(0).putLong(arrays.size()));
    for (NDArray array : arrays.values()) {
      array(array);
    }
    put(numbers(8).putLong(arrays.size()));
    for (String name : arrays.keySet()) {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      put(numbers(8 + text.length).putLong(text.length).put(text));
    }
  }

  private void array(NDArray array) throws IOException {
    long[] dims = array.shape().dims();
    ByteBuffer head = numbers(24 + 8 * dims.length);
    head.putInt(ParamsReader.V2).putInt(DENSE).putInt(dims.length);
    for (long dim : dims) {
      head.putLong(dim);
    }
    put(head.putInt(CPU).putInt(0).putInt(array.dtype().code()));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(array.type().bytes());
      array.download(values);
      for (long at = 0; at < values.byteSize(); at += CHUNK) {
        ByteBuffer part =
            values.asSlice(at, Math.min(CHUNK, values.byteSize() - at)).asByteBuffer();
        while (part.hasRemaining()) {
          channel.write(part);
        }
      }
    }
  }

  private static ByteBuffer numbers(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void put(ByteBuffer buffer) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
