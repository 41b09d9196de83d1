package io.gluonj.processor.model;

/**
 * A field with children.
 *
 * @param isSeveral whether it is a list, a map or an array of blocks
 */
public record ChildModel(String name, boolean isSeveral) implements MemberModel {}
