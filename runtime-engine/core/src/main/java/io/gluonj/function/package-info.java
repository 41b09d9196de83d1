/**
 * Every operator as a function, for arrays and symbols alike: {@link io.gluonj.function.F}. All but
 * {@code Calls} and {@code Attributes} is generated from the operators' schemas (ADR 11); nothing
 * is computed here.
 */
@NullMarked
package io.gluonj.function;

import org.jspecify.annotations.NullMarked;
