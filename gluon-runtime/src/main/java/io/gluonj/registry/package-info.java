/**
 * Things that users choose by name: {@code "xavier"}, {@code "relu"}, {@code "acc"}.
 *
 * <p>One class, {@link io.gluonj.registry.Registry}, so that every such choice answers a misspelled
 * name in the same way. The registries themselves live beside what they hold.
 *
 * <p>Deliberately not here: discovery of classes. What is registered is stated in code.
 */
@NullMarked
package io.gluonj.registry;

import org.jspecify.annotations.NullMarked;
