/** What GluonJ computes against what MXNet 1.9.1 computed, and backends against each other. */
@NullMarked
package io.gluonj.test.parity;

import org.jspecify.annotations.NullMarked;
