package io.gluonj.gluon;

import java.util.function.Predicate;

/** Gathers the parameters of a tree of blocks. */
final class Collecting {
  private Collecting() {}

  static ParameterDict own(Block block) {
    var dict = new ParameterDict(Names.parameterPrefix(block), block.structure().shared(), block);
    block.structure().parameters().forEach((name, p) -> dict.add(name, p.name(), p));
    return dict;
  }

  /** Own parameters first, then the children's, in the order of registration. */
  static ParameterDict all(Block block, Predicate<Parameter> select) {
    var dict = new ParameterDict(Names.parameterPrefix(block));
    bind(block);
    collect(block, "", select, dict);
    return dict;
  }

  /** Binds the whole tree first, since a new member may change the names of others. */
  private static void bind(Block block) {
    block.children().values().forEach(Collecting::bind);
  }

  private static void collect(
      Block block, String path, Predicate<Parameter> select, ParameterDict dict) {
    block
        .structure()
        .parameters()
        .forEach((name, parameter) -> {
          if (select.test(parameter)) {
            dict.add(path + name, parameter.name(), parameter);
          }
        });
    block.children().forEach((key, child) -> collect(child, path + key + ".", select, dict));
  }
}
