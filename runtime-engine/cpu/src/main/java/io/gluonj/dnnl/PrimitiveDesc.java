package io.gluonj.dnnl;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code dnnl_primitive_desc_t}: oneDNN's answer to a {@link PrimitiveSpec}: an implementation and
 * the formats it wants. Freed by {@link #close} or when no longer reachable.
 */
public final class PrimitiveDesc implements AutoCloseable {
  private static final int QUERY_IMPLEMENTATION = 8;
  private static final int QUERY_ARG = 255;
  private static final int LAST_IMPL_REACHED = DnnlStatus.LAST_IMPL_REACHED.code();
  private static final Object TUNING = new Object();

  private final PrimitiveSpec spec;
  private final MemorySegment handle;
  private final Cleaner.Cleanable cleanable;
  private volatile boolean closed;
  private volatile @Nullable List<Arg> args;

  private PrimitiveDesc(PrimitiveSpec spec, MemorySegment handle) {
    this.spec = spec;
    this.handle = handle;
    this.cleanable =
        NativeHandle.CLEANER.register(
            this,
            new NativeHandle(
                handle, DnnlApi.PRIMITIVE_DESC_DESTROY, "dnnl_primitive_desc_destroy"));
  }

  /**
   * The implementation that oneDNN prefers.
   *
   * @throws DnnlException if the descriptors do not fit together, or nothing implements them
   */
  public static PrimitiveDesc of(PrimitiveSpec spec) {
    Dnnl.require();
    PrimitiveSpec forward = spec.forward();
    if (forward == null) {
      return create(spec, MemorySegment.NULL);
    }
    try (PrimitiveDesc hint = of(forward)) {
      return create(spec, hint.handle());
    }
  }

  private static PrimitiveDesc create(PrimitiveSpec spec, MemorySegment hint) {
    NativeHandle attributes = spec.attributes().create();
    try {
      return Dnnl.call(arena -> {
        Creation creation = new Creation(arena, attributes.address(), hint);
        try {
          int status = spec.create(creation);
          if (status != 0) {
            throw new DnnlException("primitive descriptor", DnnlStatus.of(status), spec.toString());
          }
          return new PrimitiveDesc(spec, creation.slot().get(ValueLayout.ADDRESS, 0));
        } finally {
          Reference.reachabilityFence(creation);
        }
      });
    } finally {
      attributes.run();
    }
  }

  /**
   * All implementations, the preferred one first; close those not taken.
   *
   * <p>Once a primitive of an operation lies in oneDNN's own cache, {@code
   * dnnl_primitive_desc_next_impl} answers success without going to the next one. The cache is
   * therefore emptied while this method runs. Going to the next one of a gradient reads the forward
   * descriptor again, which therefore lives as long as the walk.
   */
  public static List<PrimitiveDesc> candidates(PrimitiveSpec spec) {
    Dnnl.require();
    synchronized (TUNING) {
      int capacity = cacheCapacity();
      setCacheCapacity(0);
      try {
        PrimitiveSpec forward = spec.forward();
        if (forward == null) {
          return walk(create(spec, MemorySegment.NULL));
        }
        try (PrimitiveDesc hint = of(forward)) {
          return walk(create(spec, hint.handle()));
        }
      } finally {
        setCacheCapacity(capacity);
      }
    }
  }

  private static List<PrimitiveDesc> walk(PrimitiveDesc first) {
    try (PrimitiveDesc walker = first) {
      List<PrimitiveDesc> found = new ArrayList<>();
      do {
        found.add(walker.copy());
      } while (walker.next());
      return found;
    }
  }

  private PrimitiveDesc copy() {
    return new PrimitiveDesc(
        spec,
        Dnnl.create(
            "dnnl_primitive_desc_clone",
            slot -> (int) DnnlApi.PRIMITIVE_DESC_CLONE.invokeExact(slot, handle())));
  }

  private boolean next() {
    int status = Dnnl.call(arena -> (int) DnnlApi.PRIMITIVE_DESC_NEXT_IMPL.invokeExact(handle()));
    if (status == LAST_IMPL_REACHED) {
      return false;
    }
    Dnnl.check("dnnl_primitive_desc_next_impl", status);
    return true;
  }

  private static int cacheCapacity() {
    return Dnnl.call(arena -> {
      MemorySegment capacity = arena.allocate(ValueLayout.JAVA_INT);
      Dnnl.check(
          "dnnl_get_primitive_cache_capacity",
          (int) DnnlApi.GET_PRIMITIVE_CACHE_CAPACITY.invokeExact(capacity));
      return capacity.get(ValueLayout.JAVA_INT, 0);
    });
  }

  private static void setCacheCapacity(int capacity) {
    Dnnl.run(arena -> {
      Dnnl.check(
          "dnnl_set_primitive_cache_capacity",
          (int) DnnlApi.SET_PRIMITIVE_CACHE_CAPACITY.invokeExact(capacity));
    });
  }

  /** What was asked for. */
  public PrimitiveSpec spec() {
    return spec;
  }

  /**
   * Name of the implementation, for example {@code brg_conv_fwd:avx512_core}; {@code ref:any} is
   * the slow one.
   */
  public String implementation() {
    try {
      return Dnnl.call(arena -> {
        MemorySegment text = arena.allocate(ValueLayout.ADDRESS);
        Dnnl.check(
            "dnnl_primitive_desc_query",
            (int)
                DnnlApi.PRIMITIVE_DESC_QUERY.invokeExact(handle(), QUERY_IMPLEMENTATION, 0, text));
        return text.get(ValueLayout.ADDRESS, 0).reinterpret(Long.MAX_VALUE).getString(0);
      });
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Whether the primitive reads or writes {@code arg}. */
  public boolean uses(Arg arg) {
    try {
      return MemoryDesc.sizeOf(query(arg)) > 0;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Dimensions, type and format that memory for {@code arg} must have.
   *
   * @throws IllegalArgumentException if the primitive does not use {@code arg}
   */
  public MemoryDesc desc(Arg arg) {
    try {
      MemorySegment borrowed = query(arg);
      if (MemoryDesc.sizeOf(borrowed) == 0) {
        throw new IllegalArgumentException("Primitive: " + this + " has no " + arg);
      }
      return MemoryDesc.copyOf(borrowed);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Everything the primitive reads or writes, operands of post-operations and scratchpad included.
   */
  public List<Arg> args() {
    List<Arg> known = args;
    if (known == null) {
      known = List.copyOf(findArgs());
      args = known;
    }
    return known;
  }

  private List<Arg> findArgs() {
    List<Arg> used = new ArrayList<>();
    for (Arg arg : Arg.ALL) {
      if (uses(arg)) {
        used.add(arg);
      }
    }
    List<PostOp> postOps = spec.attributes().postOps();
    for (int i = 0; i < postOps.size(); i++) {
      if (postOps.get(i) instanceof PostOp.Operand) {
        used.add(Arg.postOperand(i));
      }
    }
    return used;
  }

  /** The descriptor of memory for {@code arg}, which belongs to this. */
  MemorySegment query(Arg arg) {
    return Dnnl.call(arena ->
        (MemorySegment)
            DnnlApi.PRIMITIVE_DESC_QUERY_MD.invokeExact(handle(), QUERY_ARG, arg.code()));
  }

  /** Compiles the primitive; the descriptor may be closed afterwards. */
  public Primitive compile() {
    return new Primitive(copy());
  }

  MemorySegment handle() {
    if (closed) {
      throw new IllegalStateException("PrimitiveDesc: " + this + " was used after close()");
    }
    return handle;
  }

  @Override
  public void close() {
    closed = true;
    cleanable.clean();
  }

  @Override
  public String toString() {
    return spec.getClass().getCanonicalName().replaceFirst("^.*dnnl\\.", "");
  }
}
