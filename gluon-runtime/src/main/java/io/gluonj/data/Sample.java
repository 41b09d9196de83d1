package io.gluonj.data;

/**
 * One example to learn from.
 *
 * @param data what the net is shown
 * @param label what it shall answer
 */
public record Sample<D, L>(D data, L label) {}
