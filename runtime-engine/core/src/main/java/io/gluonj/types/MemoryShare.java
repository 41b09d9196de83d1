package io.gluonj.types;

/**
 * What one owner holds of a device's memory.
 *
 * @param block path of the block it was allocated in; may be empty
 * @param bytes taken from the device
 * @param blocks number of blocks of memory
 */
public record MemoryShare(MemoryOwner owner, String block, long bytes, long blocks) {
  /** For example {@code 8.0 MiB in 2 blocks: gradient of LeNet.fc.weight}. */
  @Override
  public String toString() {
    return MemoryFigures.text(bytes)
        + (blocks == 1 ? " in 1 block: " : " in " + blocks + " blocks: ")
        + owner.in(block);
  }
}
