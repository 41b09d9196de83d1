package io.gluonj.tensor;

public abstract non-sealed class Symbol implements Tensor {}
