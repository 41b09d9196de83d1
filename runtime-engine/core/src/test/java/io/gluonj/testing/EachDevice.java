package io.gluonj.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class of tests that runs on each device to train on, the CPU and a GPU; its constructor takes
 * the {@link io.gluonj.types.Device}. Where there is no GPU its tests are reported as skipped, with
 * the reason. With {@code -Dgluonj.test.device} they run on the device named and nowhere else.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@Tag("gpu")
@ExtendWith(DeviceInvocations.class)
public @interface EachDevice {
  /** Whether it runs on the reference device too, unless a device is named. */
  boolean reference() default false;
}
