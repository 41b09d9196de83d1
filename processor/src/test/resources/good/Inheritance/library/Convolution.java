package library;

import io.gluonj.annotations.Block;
import io.gluonj.annotations.Param;
import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import org.jspecify.annotations.Nullable;

@Block
public abstract class Convolution extends HybridBlock {
  public final int channels;
  protected final boolean useBias;

  @Param(shape = {"channels", "?"})
  protected Parameter weight;

  @Param(shape = "channels", init = "zeros", condition = "useBias")
  protected @Nullable Parameter bias;

  protected Convolution(int channels, boolean useBias) {
    this.channels = channels;
    this.useBias = useBias;
  }
}
