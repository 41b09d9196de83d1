package library;

import io.gluonj.gluon.Members;
import io.gluonj.gluon.ParamSpec;
import javax.annotation.processing.Generated;

/**
 * Plumbing of {@link Convolution}: parameters {@code weight (channels, ?)},
 * {@code bias (channels)}.
 */
@Generated("io.gluonj.processor.BlockProcessor")
public final class Convolution_Gluon {
  /** For the definitions of subclasses. */
  public Convolution_Gluon() {}

  public void bind(Convolution block, Members members) {
    block.weight =
        members.param("weight", block.weight, ParamSpec.shape(block.channels, ParamSpec.UNKNOWN));
    if (block.useBias) {
      block.bias = members.param("bias", block.bias, ParamSpec.shape(block.channels).init("zeros"));
    }
  }
}
