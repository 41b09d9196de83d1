package io.gluonj.graph;

/**
 * An output of a node.
 *
 * @param node position of the node in {@link Graph#nodes()}
 * @param output which of its outputs
 */
public record Value(int node, int output) {}
