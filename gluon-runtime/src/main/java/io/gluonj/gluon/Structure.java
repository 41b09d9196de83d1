package io.gluonj.gluon;

import io.gluonj.types.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a block consists of: its own parameters, its children and its place in the tree. All changes
 * happen under one lock, since they touch several blocks.
 */
final class Structure implements Members {
  static final Object LOCK = new Object();

  private final Block block;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Block> children = new LinkedHashMap<>();
  private final List<Block> parents = new ArrayList<>();
  private String key = "";
  private @Nullable ParameterDict shared;
  private volatile boolean bound;
  private boolean binding;

  Structure(Block block) {
    this.block = block;
  }

  /** Lets the definition register its members, once. */
  void bind() {
    if (bound) {
      return;
    }
    BlockDefinition<?> definition = BlockDefinitions.of(block.getClass());
    synchronized (LOCK) {
      if (!bound && !binding) {
        binding = true;
        try {
          bind(definition);
          bound = true;
        } finally {
          binding = false;
        }
      }
    }
  }

  @SuppressWarnings("unchecked") // a definition is registered for the class or a superclass of it
  private void bind(BlockDefinition<?> definition) {
    ((BlockDefinition<Block>) definition).bind(block, this);
  }

  boolean isBound() {
    return bound;
  }

  Map<String, Parameter> parameters() {
    return parameters;
  }

  Map<String, Block> children() {
    return children;
  }

  /** The parent that names this block: the first that registered it. */
  @Nullable Block parent() {
    return parents.isEmpty() ? null : parents.getFirst();
  }

  List<Block> parents() {
    return parents;
  }

  /** The name under which the parent registered this block. */
  String key() {
    return key;
  }

  void share(ParameterDict dict) {
    shared = dict;
  }

  /** The dictionary in which parameters are looked up before they are made, own or inherited. */
  @Nullable ParameterDict shared() {
    Block parent = parent();
    return shared != null ? shared : parent == null ? null : parent.structure().shared();
  }

  @Nullable ParameterDict ownShared() {
    return shared;
  }

  @Override
  public Parameter param(String name, @Nullable Parameter current, ParamSpec spec) {
    synchronized (LOCK) {
      Parameter before = parameters.get(name);
      if (before != null && before != current) {
        throw new InvalidArgumentException(
            "parameter '" + name + "' of " + Names.path(block) + " was registered twice",
            "a structural name belongs to one parameter",
            "choose another name");
      }
      Parameter parameter = current;
      if (parameter == null) {
        ParameterDict dict = shared();
        String full = Names.parameterPrefix(block) + name;
        parameter = dict == null ? null : dict.find(full);
        if (parameter != null) {
          parameter.merge(spec);
        } else {
          parameter = new Parameter(name, block, spec);
        }
      } else {
        parameter.adopt(name, block);
      }
      parameters.put(name, parameter);
      Names.changed();
      return parameter;
    }
  }

  @Override
  public void child(String name, @Nullable Block child) {
    if (child == null) {
      return;
    }
    synchronized (LOCK) {
      block.checkChild(name, child);
      if (isAncestor(child)) {
        throw new InvalidArgumentException(
            Names.path(block) + " was to become a child of itself, under the name '" + name + "'",
            "blocks form a tree",
            "make another instance of " + child.getClass().getSimpleName());
      }
      if (children.containsKey(name) && !child.equals(children.get(name))) {
        throw new InvalidArgumentException(
            "child '" + name + "' of " + Names.path(block) + " was registered twice",
            "a structural name belongs to one block",
            "choose another name");
      }
      children.put(name, child);
      Structure below = child.structure();
      if (below.parents.isEmpty()) {
        below.key = name;
      }
      if (!below.parents.contains(block)) {
        below.parents.add(block);
      }
      Names.changed();
    }
    block.changed();
  }

  private boolean isAncestor(Block candidate) {
    return candidate.equals(block)
        || parents.stream().anyMatch(p -> p.structure().isAncestor(candidate));
  }

  @Override
  public void children(String name, List<? extends Block> blocks) {
    for (int i = 0; i < blocks.size(); i++) {
      child(name + "." + i, blocks.get(i));
    }
  }

  @Override
  public void children(String name, Map<String, ? extends Block> blocks) {
    blocks.forEach((each, child) -> child(name + "." + each, child));
  }

  @Override
  public void children(String name, Block[] blocks) {
    children(name, Arrays.asList(blocks));
  }
}
