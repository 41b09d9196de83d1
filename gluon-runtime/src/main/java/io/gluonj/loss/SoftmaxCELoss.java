package io.gluonj.loss;

import io.gluonj.annotations.Block;

/** Gluon's short name for {@link SoftmaxCrossEntropyLoss}. */
@Block(hint = "softmaxcrossentropyloss")
public class SoftmaxCELoss extends SoftmaxCrossEntropyLoss {}
