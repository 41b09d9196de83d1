package io.gluonj.gluon;

import io.gluonj.tensor.Tensor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The hooks of one block. */
final class Hooks {
  /** Counts attachments and removals anywhere, so that blocks know when to look again. */
  private static final AtomicLong EPOCH = new AtomicLong();

  /** What a walk through the tree found, and when. */
  private record Below(long epoch, boolean any) {}

  private final List<ForwardPreHook> before = new CopyOnWriteArrayList<>();
  private final List<ForwardHook> after = new CopyOnWriteArrayList<>();
  private volatile Below below = new Below(-1, false);

  HookHandle add(ForwardPreHook hook) {
    return handle(before, hook);
  }

  HookHandle add(ForwardHook hook) {
    return handle(after, hook);
  }

  private static <H> HookHandle handle(List<H> hooks, H hook) {
    hooks.add(hook);
    EPOCH.incrementAndGet();
    return new HookHandle(() -> {
      hooks.remove(hook);
      EPOCH.incrementAndGet();
    });
  }

  void before(Block block, List<Tensor> inputs) {
    before.forEach(h -> h.before(block, inputs));
  }

  void after(Block block, List<Tensor> inputs, List<Tensor> outputs) {
    after.forEach(h -> h.after(block, inputs, outputs));
  }

  /** Whether a descendant of the block has hooks, which compiled code would pass over. */
  boolean below(Block block) {
    long now = EPOCH.get();
    Below known = below;
    if (known.epoch() != now) {
      known = new Below(now, now > 0 && search(block));
      below = known;
    }
    return known.any();
  }

  private static boolean search(Block block) {
    for (Block child : block.structure().children().values()) {
      Hooks hooks = child.hooks();
      if (!hooks.before.isEmpty() || !hooks.after.isEmpty() || search(child)) {
        return true;
      }
    }
    return false;
  }
}
