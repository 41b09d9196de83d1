package io.gluonj.loss;

import io.gluonj.annotations.Block;

/** Gluon's short name for {@link SigmoidBinaryCrossEntropyLoss}. */
@Block(hint = "sigmoidbinarycrossentropyloss")
public class SigmoidBCELoss extends SigmoidBinaryCrossEntropyLoss {}
