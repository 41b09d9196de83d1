package io.gluonj.nn;

import io.gluonj.gluon.Block;
import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.Tensor;
import java.util.Iterator;
import java.util.List;

/** Blocks called one after the other, each with the output of the one before. */
public class Sequential extends Block implements Iterable<Block> {
  static {
    BlockDefinitions.register(Sequential.class, new Definition());
  }

  private static final class Definition implements BlockDefinition<Sequential> {
    @Override
    public String hint() {
      return "sequential";
    }

    @Override
    public int inputs() {
      return 1;
    }

    @Override
    public boolean hybrid() {
      return true;
    }

    @Override
    public void bind(Sequential block, Members members) {
      // children are registered by add
    }

    @Override
    public List<Tensor> forward(Sequential block, List<Tensor> inputs, ForwardParams params) {
      return Chain.call(block, inputs);
    }
  }

  /** An empty chain. */
  public Sequential() {}

  /** Appends blocks. */
  public final Sequential add(Block... blocks) {
    for (Block block : blocks) {
      registerChild(block);
    }
    return this;
  }

  @Override
  public Sequential prefix(String own) {
    super.prefix(own);
    return this;
  }

  /** The block at a position; negative positions count from the end. */
  public final Block get(int index) {
    return Chain.get(this, index);
  }

  /** A new chain, with the same prefix, of the blocks from {@code from} to before {@code to}. */
  public final Sequential slice(int from, int to) {
    return new Sequential().prefix(prefix()).add(Chain.slice(this, from, to).toArray(Block[]::new));
  }

  /** Number of blocks. */
  public final int size() {
    return children().size();
  }

  @Override
  public final Iterator<Block> iterator() {
    return children().values().iterator();
  }
}
