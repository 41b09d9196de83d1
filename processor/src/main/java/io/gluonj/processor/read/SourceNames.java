package io.gluonj.processor.read;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Forward;
import io.gluonj.annotations.Param;

/** The full names that the user's source is searched for. */
final class SourceNames {
  static final String BLOCK_ANNOTATION = Block.class.getCanonicalName();
  static final String PARAM_ANNOTATION = Param.class.getCanonicalName();
  static final String FORWARD_ANNOTATION = Forward.class.getCanonicalName();

  static final String BLOCK = "io.gluonj.gluon.Block";
  static final String HYBRID_BLOCK = "io.gluonj.gluon.HybridBlock";
  static final String PARAMETER = "io.gluonj.gluon.Parameter";
  static final String INITIALIZER = "io.gluonj.initializer.Initializer";
  static final String TENSOR = "io.gluonj.tensor.Tensor";
  static final String NDARRAY = "io.gluonj.tensor.NDArray";

  static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";
  static final String NULL_UNMARKED = "org.jspecify.annotations.NullUnmarked";

  private SourceNames() {}
}
