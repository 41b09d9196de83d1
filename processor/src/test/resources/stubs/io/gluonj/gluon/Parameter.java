package io.gluonj.gluon;

public class Parameter {
  public Parameter(String name, long... shape) {}
}
