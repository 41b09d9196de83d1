package library;

import io.gluonj.annotations.Block;
import io.gluonj.gluon.HybridBlock;

public class Encoder {
  @Block
  protected abstract static class Small extends HybridBlock {
    protected Small() {}
  }
}
