package io.gluonj.initializer;

public interface Initializer {}
