package io.gluonj.gluon;

public abstract class HybridBlock extends Block {
  protected HybridBlock() {}
}
