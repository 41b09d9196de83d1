/** What is tested on a GPU beside what all devices are tested for. */
@NullMarked
package io.gluonj.test.gpu;

import org.jspecify.annotations.NullMarked;
