package io.gluonj.codegen;

/**
 * An array in the memory that the threads of a block share.
 *
 * @param name what it is for; arrays of equal names, types and lengths in a module are one
 */
record Shared(GpuCode code, String name, FloatType type, int length) {
  Shared {
    name = "@%s.%s.%d".formatted(name, type.suffix(), length);
    code.define(
        "%s = internal addrspace(3) global [%d x %s] undef, align 16"
            .formatted(name, length, type.ir()));
  }

  String read(String position) {
    return code.value("load %s, ptr addrspace(3) %s".formatted(type.ir(), address(position)));
  }

  void write(String position, String value) {
    code.line("store %s %s, ptr addrspace(3) %s".formatted(type.ir(), value, address(position)));
  }

  private String address(String position) {
    return code.value(
        "getelementptr inbounds %s, ptr addrspace(3) %s, %s %s"
            .formatted(type.ir(), name, code.index(), position));
  }
}
