package io.gluonj.nn;

import io.gluonj.gluon.Block;
import io.gluonj.gluon.BlockDefinition;
import io.gluonj.gluon.BlockDefinitions;
import io.gluonj.gluon.ForwardParams;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Members;
import io.gluonj.tensor.Tensor;
import java.util.Iterator;
import java.util.List;

/** Hybrid blocks called one after the other, each with the output of the one before. */
public class HybridSequential extends HybridBlock implements Iterable<Block> {
  static {
    BlockDefinitions.register(HybridSequential.class, new Definition());
  }

  private static final class Definition implements BlockDefinition<HybridSequential> {
    @Override
    public String hint() {
      return "hybridsequential";
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
    public void bind(HybridSequential block, Members members) {
      // children are registered by add
    }

    @Override
    public List<Tensor> forward(HybridSequential block, List<Tensor> inputs, ForwardParams params) {
      return Chain.call(block, inputs);
    }
  }

  /** An empty chain. */
  public HybridSequential() {}

  /** Appends blocks, which must be {@link HybridBlock}s. */
  public final HybridSequential add(Block... blocks) {
    for (Block block : blocks) {
      registerChild(block);
    }
    return this;
  }

  @Override
  public HybridSequential prefix(String own) {
    super.prefix(own);
    return this;
  }

  /** The block at a position; negative positions count from the end. */
  public final Block get(int index) {
    return Chain.get(this, index);
  }

  /** A new chain, with the same prefix, of the blocks from {@code from} to before {@code to}. */
  public final HybridSequential slice(int from, int to) {
    return new HybridSequential()
        .prefix(prefix())
        .add(Chain.slice(this, from, to).toArray(Block[]::new));
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
