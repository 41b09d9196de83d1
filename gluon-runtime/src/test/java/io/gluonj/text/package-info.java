/** Tests of the wording of messages. */
@NullMarked
package io.gluonj.text;

import org.jspecify.annotations.NullMarked;
