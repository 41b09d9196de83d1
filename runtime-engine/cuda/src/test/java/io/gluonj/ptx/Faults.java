package io.gluonj.ptx;

/** Decides what is wrong with an access, and says so. */
final class Faults {
  private final Block block;

  Faults(Block block) {
    this.block = block;
  }

  /** Looks for the allocation of an access and keeps its bounds for the next one at this site. */
  void find(Lane lane, long address, int bytes, int site) {
    if ((address & (bytes - 1)) != 0) {
      throw error(
          PtxException.Fault.MISALIGNED_ADDRESS,
          lane,
          "address 0x%x is not aligned to %d bytes".formatted(address, bytes),
          site);
    }
    DeviceMap.Region region = block.launch().map().region(address);
    if (region == null) {
      throw error(
          PtxException.Fault.ILLEGAL_ADDRESS,
          lane,
          "address 0x%x lies in no allocation (%d bytes)".formatted(address, bytes),
          site);
    }
    if (address > region.end() - bytes) {
      throw error(
          PtxException.Fault.ILLEGAL_ADDRESS,
          lane,
          "address 0x%x (%d bytes) runs over the end of its allocation of %d bytes"
              .formatted(address, bytes, region.end() - region.start()),
          site);
    }
    block.low()[site] = region.start();
    block.high()[site] = region.end();
  }

  PtxException outside(Lane lane, String space, long offset, int bytes, long size, int site) {
    boolean odd = (offset & (bytes - 1)) != 0;
    return error(
        odd ? PtxException.Fault.MISALIGNED_ADDRESS : PtxException.Fault.ILLEGAL_ADDRESS,
        lane,
        odd
            ? "%s address 0x%x is not aligned to %d bytes".formatted(space, offset, bytes)
            : "%s address 0x%x (%d bytes) lies outside its %d bytes"
                .formatted(space, offset, bytes, size),
        site);
  }

  PtxException endless(Lane lane, int site) {
    return error(lane, "it ran " + Lane.MAX_INSTRUCTIONS + " instructions without an end", site);
  }

  PtxException error(Lane lane, String what, int site) {
    return error(PtxException.Fault.LAUNCH_FAILED, lane, what, site);
  }

  private PtxException error(PtxException.Fault fault, Lane lane, String what, int site) {
    return new PtxException(
        fault,
        "Kernel '%s', %sblock (%d, %d, %d), thread (%d, %d, %d): %s"
            .formatted(
                block.launch().kernel().name(),
                where(site),
                block.x(),
                block.y(),
                block.z(),
                lane.tidX(),
                lane.tidY(),
                lane.tidZ(),
                what));
  }

  private String where(int site) {
    if (site < 0) {
      return "";
    }
    Instruction one = block.launch().kernel().sites().get(site);
    return "PTX line %d (%s), ".formatted(one.line(), one.mnemonic());
  }
}
