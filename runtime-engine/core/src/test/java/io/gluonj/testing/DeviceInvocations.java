package io.gluonj.testing;

import io.gluonj.types.Device;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Runs a class annotated with {@link EachDevice} once for each device. */
final class DeviceInvocations implements ClassTemplateInvocationContextProvider {
  @Override
  public boolean supportsClassTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
      ExtensionContext context) {
    EachDevice each = context.getRequiredTestClass().getAnnotation(EachDevice.class);
    return TestDevices.asked(each.reference()).stream().map(Invocation::new);
  }

  private record Invocation(Device device) implements ClassTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocationIndex) {
      return device.toString();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      var argument = new DeviceArgument(device);
      return device.kind() == Device.Kind.GPU
          ? List.of(argument, new GpuCondition())
          : List.of(argument);
    }
  }

  private record DeviceArgument(Device device) implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Device.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return device;
    }
  }
}
