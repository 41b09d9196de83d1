package io.gluonj.nn;

import io.gluonj.gluon.Block;
import io.gluonj.tensor.Tensor;
import io.gluonj.types.InvalidArgumentException;
import java.util.List;

/** What both containers of consecutive blocks do. */
final class Chain {
  private Chain() {}

  static List<Tensor> call(Block chain, List<Tensor> inputs) {
    List<Tensor> values = inputs;
    for (Block block : chain.children().values()) {
      values = block.callAll(values);
    }
    return values;
  }

  static Block get(Block chain, int index) {
    List<Block> blocks = List.copyOf(chain.children().values());
    int at = index < 0 ? index + blocks.size() : index;
    if (at < 0 || at >= blocks.size()) {
      throw new InvalidArgumentException(
          chain.path() + ": block " + index + " was asked for",
          "it has " + blocks.size() + " blocks, numbered from 0",
          "use 0 to size() - 1, or -1 for the last");
    }
    return blocks.get(at);
  }

  static List<Block> slice(Block chain, int from, int to) {
    List<Block> blocks = List.copyOf(chain.children().values());
    if (from < 0 || to > blocks.size() || from > to) {
      throw new InvalidArgumentException(
          chain.path() + ": the blocks from " + from + " to before " + to + " were asked for",
          "it has " + blocks.size() + " blocks",
          "use 0 <= from <= to <= size()");
    }
    return blocks.subList(from, to);
  }
}
