package io.gluonj.backend;

import io.gluonj.types.ClosedException;
import io.gluonj.types.Device;
import io.gluonj.types.MemoryOwner;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A block of device memory, counted by those who use it. It is written once, by the computation
 * that creates it; arrays that "change" get another storage. That is why a kept value of the
 * forward pass cannot be corrupted, and aliases need no versions. Where nobody but a changing array
 * and the computation that changes it can see the old values, the new storage may be the old one:
 * see {@link #claim}.
 */
public final class Storage {
  private static final VarHandle USERS;

  static {
    try {
      USERS = MethodHandles.lookup().findVarHandle(Storage.class, "users", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Added to the users while the memory is written in place: who comes now waits. */
  private static final int CLAIMED = 1 << 30;

  /** How long to wait for a kernel before looking again. */
  private static final long KERNEL_NANOSECONDS = 20_000;

  private final DeviceMemory memory;
  private final long address;
  private final long bytes;
  private final long capacity;
  private final String block;
  private int version; // guarded by the users
  private volatile int users;

  /** For reports only, which may see it late. */
  private MemoryOwner owner;

  /** Neighbours in the pool's list of blocks in use; guarded by the pool. */
  @Nullable Storage older;

  @Nullable Storage newer;

  Storage(
      DeviceMemory memory,
      long address,
      long bytes,
      long capacity,
      MemoryOwner owner,
      String block) {
    this.memory = memory;
    this.address = address;
    this.bytes = bytes;
    this.capacity = capacity;
    this.owner = owner;
    this.block = block;
    USERS.set(this, 1); // nobody else knows this object yet
  }

  public Device device() {
    return memory.device();
  }

  /** Size asked for, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** What it is for. */
  public MemoryOwner owner() {
    return owner;
  }

  /** States what it is for, when that is known only after it was made; for reports. */
  public void owner(MemoryOwner next) {
    owner = next;
  }

  /** Path of the block it was made in, as far as its owner does not say that; may be empty. */
  String block() {
    return switch (owner.kind()) {
      case RESULT, INTERMEDIATE -> block;
      case ARRAY, PARAMETER, GRADIENT, STATE, BATCH -> "";
    };
  }

  /** Size taken from the device, in bytes. */
  long capacity() {
    return capacity;
  }

  /**
   * The address; valid while retained.
   *
   * @throws ClosedException if nobody uses the storage any more
   */
  public long address() {
    if (users <= 0) {
      throw closed();
    }
    return address;
  }

  /** The address, also of a storage that is being given back. */
  long rawAddress() {
    return address;
  }

  /** Adds a user. */
  public Storage retain() {
    int before;
    do {
      before = users;
      while (before >= CLAIMED) { // until the kernel is done that writes it
        LockSupport.parkNanos(KERNEL_NANOSECONDS);
        before = users;
      }
      if (before <= 0) {
        throw closed();
      }
    } while (!USERS.compareAndSet(this, before, before + 1));
    return this;
  }

  /** Whether this is the only user left. */
  public boolean unshared() {
    return users == 1;
  }

  /**
   * Begins to write in place, if the array that holds the storage and the caller are its only
   * users; the caller becomes a user once more. Until {@link #unclaim} nobody else can become one.
   *
   * @return whether it may be written
   */
  boolean claim() {
    if (!USERS.compareAndSet(this, 2, CLAIMED + 3)) {
      return false;
    }
    version++;
    return true;
  }

  /**
   * How often the memory has been written in place: who remembers something about the values and is
   * no user meanwhile must look whether they are the same. To be read by a user.
   */
  int version() {
    return version;
  }

  /** Ends what {@link #claim} began. */
  void unclaim() {
    USERS.getAndAdd(this, -CLAIMED);
  }

  /** Removes a user; the last one gives the memory back to the pool. */
  public void release() {
    int left = (int) USERS.getAndAdd(this, -1) - 1;
    if (left == 0) {
      memory.free(this);
    } else if (left < 0) {
      throw new IllegalStateException("storage released more often than retained");
    }
  }

  private static ClosedException closed() {
    return new ClosedException(
        "memory was used after it had been given back",
        "the array that owned it was closed, or its scope ended",
        "keep the array open while it is used: scope.keep(array) moves it out of a scope");
  }
}
