package io.gluonj.ptx;

import java.lang.classfile.ClassFile;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/**
 * Translates a kernel to JVM byte code.
 *
 * <p>A method of more than 8000 bytes would never be compiled by the JVM, and one of 64 KiB is not
 * possible, so that a kernel is cut into chunks of basic blocks, each a class of its own. A lane
 * that goes from one chunk to the next keeps its live registers in an array, as one that waits.
 */
final class KernelCompiler {
  /** An estimate of byte code per instruction. */
  private static final int BYTES = 14;

  private static final int CHUNK_BYTES = 7800;
  private static final int LONGEST_BLOCK = 150;

  private KernelCompiler() {}

  static Kernel compile(FlatKernel kernel) {
    var flow = new ControlFlow(kernel, LONGEST_BLOCK);
    for (int instructions = CHUNK_BYTES / BYTES; ; instructions = instructions * 3 / 4) {
      var sites = new ArrayList<Instruction>();
      List<Chunk> chunks = chunks(flow, instructions);
      var bodies = new Body[chunks.size()];
      int largest = 0;
      for (int i = 0; i < bodies.length; i++) {
        byte[] bytes = bytes(new Chunk.Writer(kernel, flow, chunks.get(i), sites));
        largest = Math.max(largest, codeBytes(bytes));
        bodies[i] = define(bytes);
      }
      if (largest < 8000 || instructions < LONGEST_BLOCK) {
        Body body = bodies.length == 1 ? bodies[0] : chained(bodies, chunks, flow);
        boolean keeps = bodies.length > 1 || flow.anyResumed();
        return new Kernel(kernel, body, flow.anyResumed(), keeps, List.copyOf(sites));
      }
    }
  }

  private static int codeBytes(byte[] classBytes) {
    return ClassFile.of().parse(classBytes).methods().stream()
        .flatMap(method -> method.findAttribute(java.lang.classfile.Attributes.code()).stream())
        .mapToInt(java.lang.classfile.attribute.CodeAttribute::codeLength)
        .max()
        .orElse(0);
  }

  private static List<Chunk> chunks(ControlFlow flow, int instructions) {
    var chunks = new ArrayList<Chunk>();
    int first = 0;
    int size = 0;
    for (int i = 0; i < flow.blocks().size(); i++) {
      ControlFlow.Basic block = flow.blocks().get(i);
      int own = block.end() - block.start();
      if (size > 0 && size + own > instructions) {
        chunks.add(new Chunk(first, i));
        first = i;
        size = 0;
      }
      size += own;
    }
    chunks.add(new Chunk(first, flow.blocks().size()));
    return chunks;
  }

  private static Body chained(Body[] bodies, List<Chunk> chunks, ControlFlow flow) {
    var bodyOf = new Body[flow.blocks().size()];
    for (int i = 0; i < bodies.length; i++) {
      for (int block = chunks.get(i).first(); block < chunks.get(i).end(); block++) {
        bodyOf[block] = bodies[i];
      }
    }
    return (lane, entry) -> {
      int at = entry;
      while (at >= 0) {
        at = bodyOf[at].run(lane, at);
      }
      return at;
    };
  }

  private static byte[] bytes(Chunk.Writer writer) {
    ClassDesc self = ClassDesc.of("io.gluonj.ptx.Ptx");
    return ClassFile.of()
        .build(
            self,
            type -> {
              type.withInterfaceSymbols(ClassDesc.of(Body.class.getName()));
              type.withMethodBody(
                  ConstantDescs.INIT_NAME,
                  ConstantDescs.MTD_void,
                  ClassFile.ACC_PUBLIC,
                  code ->
                      code.loadLocal(TypeKind.REFERENCE, 0)
                          .invokespecial(
                              ConstantDescs.CD_Object,
                              ConstantDescs.INIT_NAME,
                              ConstantDescs.MTD_void)
                          .return_());
              type.withMethodBody(
                  "run",
                  MethodTypeDesc.of(ConstantDescs.CD_int, Code.LANE, ConstantDescs.CD_int),
                  ClassFile.ACC_PUBLIC,
                  writer::write);
            });
  }

  private static Body define(byte[] bytes) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
      return (Body) lookup.lookupClass().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new PtxException("the byte code of a kernel cannot be loaded", e);
    }
  }
}
