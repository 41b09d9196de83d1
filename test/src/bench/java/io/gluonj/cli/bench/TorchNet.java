package io.gluonj.cli.bench;

import static org.bytedeco.pytorch.global.torch.adaptive_avg_pool2d;
import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.lstm;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import io.gluonj.gluon.HybridBlock;
import io.gluonj.gluon.Parameter;
import io.gluonj.tensor.GradReq;
import io.gluonj.types.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * A workload's net in libtorch, run operator by operator, with the weights that GluonJ's net starts
 * from: it holds them by the paths they have there.
 */
final class TorchNet {
  private static final long[] ONES = {1, 1};

  /** A weight with the wrapper that operators want, made once. */
  private record Weight(Tensor tensor, TensorOptional optional) {}

  private final Workload work;
  private final Map<String, Weight> weights = new LinkedHashMap<>();
  private final List<Tensor> trained = new ArrayList<>();

  TorchNet(Workload work) {
    this.work = work;
    HybridBlock net = work.build(Device.reference());
    for (Parameter parameter : net.collectParams().values()) {
      Tensor tensor =
          imageOrder(Tensor.create(parameter.data().toFloats(), parameter.shape().dims()));
      if (parameter.gradReq() != GradReq.NULL) {
        tensor.requires_grad_(true);
        trained.add(tensor);
      }
      String path = parameter.path();
      weights.put(
          path.substring(path.indexOf('.') + 1), new Weight(tensor, new TensorOptional(tensor)));
    }
  }

  /** Channels last, which is the faster layout for convolutions on a processor. */
  static Tensor imageOrder(Tensor tensor) {
    return tensor.dim() == 4 ? tensor.contiguous(MemoryFormat.ChannelsLast) : tensor;
  }

  /** What the optimizer updates. */
  List<Tensor> trained() {
    return trained;
  }

  /** The scores of a batch. */
  Tensor call(Tensor x) {
    return switch (work) {
      case LENET -> lenet(x);
      case MLP -> dense("2", dense("1", dense("0", x).relu_()).relu_());
      case RESNET18 -> residual(x);
      case TRANSFORMER -> encoder(x);
      case LSTM -> recurrent(x);
      case RESNET50 -> throw new IllegalArgumentException("no training step: " + work);
    };
  }

  private Weight weight(String path) {
    return Objects.requireNonNull(weights.get(path), path);
  }

  private Tensor dense(String block, Tensor x) {
    return linear(x, weight(block + ".weight").tensor(), weight(block + ".bias").optional());
  }

  private Tensor convolution(String block, Tensor x, long stride, long pad, TensorOptional bias) {
    long[] strides = {stride, stride};
    long[] pads = {pad, pad};
    return conv2d(x, weight(block + ".weight").tensor(), bias, strides, pads, ONES, 1);
  }

  private Tensor lenet(Tensor x) {
    Tensor y = x;
    for (String block : List.of("conv1", "conv2")) {
      y = convolution(block, y, 1, 0, weight(block + ".bias").optional()).relu_();
      y = max_pool2d(y, 2, 2);
    }
    return dense("output", dense("hidden", y.flatten(1, -1)).relu_());
  }

  private Tensor residual(Tensor x) {
    Tensor y = normalized("stem", x, 1, 1).relu_();
    for (int i = 0; weights.containsKey("blocks." + i + ".c1.conv.weight"); i++) {
      String block = "blocks." + i;
      boolean down = weights.containsKey(block + ".down.conv.weight");
      Tensor inner = normalized(block + ".c1", y, down ? 2 : 1, 1).relu_();
      Tensor outer = normalized(block + ".c2", inner, 1, 1);
      y = outer.add_(down ? normalized(block + ".down", y, 2, 0) : y).relu_();
    }
    return dense("fc", adaptive_avg_pool2d(y, 1, 1).flatten(1, -1));
  }

  private Tensor normalized(String block, Tensor x, long stride, long pad) {
    return batch_norm(
        convolution(block + ".conv", x, stride, pad, new TensorOptional()),
        weight(block + ".bn.gamma").optional(),
        weight(block + ".bn.beta").optional(),
        weight(block + ".bn.running_mean").optional(),
        weight(block + ".bn.running_var").optional(),
        true,
        0.1,
        1e-5,
        false);
  }

  private Tensor encoder(Tensor tokens) {
    Tensor x = embedding(weight("tok").tensor(), tokens);
    long batch = x.size(0);
    long time = x.size(1);
    long width = x.size(2);
    for (int i = 0; weights.containsKey("layers." + i + ".ln1.gamma"); i++) {
      String layer = "layers." + i;
      Tensor joint = dense(layer + ".qkv", norm(layer + ".ln1", x));
      TensorVector heads =
          joint.view(batch, time, 3, 4, width / 4).permute(2, 0, 3, 1, 4).unbind(0);
      Tensor mixed = scaled_dot_product_attention(heads.get(0), heads.get(1), heads.get(2));
      Tensor attended = mixed.transpose(1, 2).reshape(batch, time, width);
      x = x.add(dense(layer + ".proj", attended));
      x = x.add(dense(layer + ".ff2", gelu(dense(layer + ".ff1", norm(layer + ".ln2", x)))));
    }
    return dense("head", norm("ln", x)).view(batch * time, Encoder.VOCABULARY);
  }

  private Tensor norm(String block, Tensor x) {
    return layer_norm(
        x,
        new long[] {x.size(-1)},
        weight(block + ".gamma").optional(),
        weight(block + ".beta").optional(),
        1e-5,
        false);
  }

  private Tensor recurrent(Tensor x) {
    var parts = new ArrayList<Tensor>();
    for (String layer : List.of("l0", "l1")) {
      for (String part : List.of("i2h_weight", "h2h_weight", "i2h_bias", "h2h_bias")) {
        parts.add(weight("lstm." + layer + "_" + part).tensor());
      }
    }
    long hidden = parts.get(1).size(1);
    Tensor zeros =
        Tensor.create(new float[Math.toIntExact(2 * x.size(1) * hidden)], 2, x.size(1), hidden);
    Tensor states =
        lstm(
                x,
                new TensorVector(zeros, zeros),
                new TensorVector(parts.toArray(Tensor[]::new)),
                true,
                2,
                0,
                true,
                false,
                false)
            .get0();
    return dense("fc", states.select(0, -1));
  }
}
