/**
 * The wording of messages and reports: names that are nearly right, and tables.
 *
 * <p>Nothing here knows blocks or tensors.
 */
@NullMarked
package io.gluonj.text;

import org.jspecify.annotations.NullMarked;
