package library;

import io.gluonj.gluon.HybridBlock;

public abstract class Sized extends HybridBlock {
  protected final int units = 10;

  protected Sized() {}
}
