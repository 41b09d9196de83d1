package io.gluonj.gluon;

public final class BlockDefinitions {
  private BlockDefinitions() {}

  public static <B extends Block> void register(
      Class<? super B> type, BlockDefinition<B> definition) {}
}
