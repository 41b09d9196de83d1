package io.gluonj.nn;

public enum Activation {
  RELU
}
