package io.gluonj.codegen;

import io.gluonj.types.DType;

/** Loads and stores of elements, converted as {@link DType#read} and {@link DType#write} do. */
final class Elements {
  private final IrWriter out;
  private final FloatType compute;

  Elements(IrWriter out, FloatType compute) {
    this.out = out;
    this.compute = compute;
  }

  private static String stored(DType type) {
    return switch (type) {
      case FLOAT32 -> "float";
      case FLOAT64 -> "double";
      case FLOAT16 -> "half";
      case BFLOAT16 -> "i16";
      case UINT8, INT8, BOOL -> "i8";
      case INT32 -> "i32";
      case INT64 -> "i64";
    };
  }

  private String address(DType type, String base, String element) {
    return out.value(
        "getelementptr inbounds " + stored(type) + ", ptr " + base + ", i64 " + element);
  }

  /** The value of an element in the type of computation. */
  String load(DType type, String base, String element) {
    String raw =
        out.value(
            "load %s, ptr %s, align %d"
                .formatted(stored(type), address(type, base, element), type.bytes()));
    String to = compute.ir();
    return switch (type) {
      case FLOAT32 -> widen(raw);
      case FLOAT64 ->
          compute == FloatType.F64 ? raw : out.value("fptrunc double " + raw + " to float");
      case FLOAT16 -> out.value("fpext half " + raw + " to " + to);
      case BFLOAT16 -> {
        String high = out.value("shl i32 " + out.value("zext i16 " + raw + " to i32") + ", 16");
        yield widen(out.value("bitcast i32 " + high + " to float"));
      }
      case UINT8 -> out.value("uitofp i8 " + raw + " to " + to);
      case INT8 -> out.value("sitofp i8 " + raw + " to " + to);
      case BOOL -> {
        String set = out.value("icmp ne i8 " + raw + ", 0");
        yield out.value("uitofp i1 " + set + " to " + to);
      }
      case INT32 -> out.value("sitofp i32 " + raw + " to " + to);
      case INT64 -> out.value("sitofp i64 " + raw + " to " + to);
    };
  }

  private String widen(String x) {
    return compute == FloatType.F32 ? x : out.value("fpext float " + x + " to double");
  }

  private String narrow(String x) {
    return compute == FloatType.F32 ? x : out.value("fptrunc double " + x + " to float");
  }

  /** Stores a value of the type of computation. */
  void store(DType type, String base, String element, String value) {
    String raw =
        switch (type) {
          case FLOAT32 -> narrow(value);
          case FLOAT64 ->
              compute == FloatType.F64 ? value : out.value("fpext float " + value + " to double");
          case FLOAT16 -> out.value("fptrunc float " + narrow(value) + " to half");
          case BFLOAT16 -> bfloat16(narrow(value));
          case UINT8, INT8 -> out.value("trunc i64 " + toInteger(value, 64) + " to i8");
          case BOOL -> {
            String set =
                out.value("fcmp une " + compute.ir() + " " + value + ", " + compute.constant(0));
            yield out.value("zext i1 " + set + " to i8");
          }
          case INT32 -> toInteger(value, 32);
          case INT64 -> toInteger(value, 64);
        };
    out.line(
        "store %s %s, ptr %s, align %d"
            .formatted(stored(type), raw, address(type, base, element), type.bytes()));
  }

  /** Towards zero; what does not fit becomes the nearest integer that does, NaN becomes 0. */
  private String toInteger(String value, int bits) {
    return out.call(
        "i" + bits,
        "llvm.fptosi.sat.i%d.%s".formatted(bits, compute.suffix()),
        compute.ir(),
        value);
  }

  /** Rounds to nearest, ties to even; NaN stays NaN. */
  private String bfloat16(String x) {
    String bits = out.value("bitcast float " + x + " to i32");
    String odd = out.value("and i32 " + out.value("lshr i32 " + bits + ", 16") + ", 1");
    String up = out.value("add i32 " + out.value("add i32 " + bits + ", 32767") + ", " + odd);
    String rounded = out.value("trunc i32 " + out.value("lshr i32 " + up + ", 16") + " to i16");
    String nan = out.value("fcmp uno float " + x + ", " + x);
    return out.value("select i1 " + nan + ", i16 32704, i16 " + rounded);
  }
}
