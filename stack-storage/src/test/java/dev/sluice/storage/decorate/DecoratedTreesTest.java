package dev.sluice.storage.decorate;

import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.gateway.LoopbackSessions;
import dev.sluice.storage.gateway.SessionStorage;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.test.StorageContract;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Each decorator does what the tree below it does, on the disk, in memory and on a gateway. */
final class DecoratedTreesTest {
  private static final Identity USER = Identity.of("user");

  @Nested
  final class ThrottledDisk extends OverDisk {
    ThrottledDisk() {
      super(DecoratedTreesTest::throttled);
    }
  }

  @Nested
  final class ThrottledMemory extends OverMemory {
    ThrottledMemory() {
      super(DecoratedTreesTest::throttled);
    }
  }

  @Nested
  final class ThrottledGateway extends OverGateway {
    ThrottledGateway() {
      super(DecoratedTreesTest::throttled);
    }
  }

  @Nested
  final class AuditedDisk extends OverDisk {
    AuditedDisk() {
      super(DecoratedTreesTest::audited);
    }
  }

  @Nested
  final class AuditedMemory extends OverMemory {
    AuditedMemory() {
      super(DecoratedTreesTest::audited);
    }
  }

  @Nested
  final class AuditedGateway extends OverGateway {
    AuditedGateway() {
      super(DecoratedTreesTest::audited);
    }
  }

  @Nested
  final class MountedDisk extends OverDisk {
    MountedDisk() {
      super(DecoratedTreesTest::mounted);
    }
  }

  @Nested
  final class MountedMemory extends OverMemory {
    MountedMemory() {
      super(DecoratedTreesTest::mounted);
    }
  }

  @Nested
  final class MountedGateway extends OverGateway {
    MountedGateway() {
      super(DecoratedTreesTest::mounted);
    }
  }

  @Nested
  final class AroundMounts extends OverMemory {
    AroundMounts() {
      super(MountedStorage::of);
    }
  }

  private static Storage throttled(Storage tree) {
    Bandwidth fast = Bandwidth.ofSession(1L << 33).withUser(1L << 33).withTotal(1L << 33);
    return ThrottledStorage.of(tree, fast, fast);
  }

  private static Storage audited(Storage tree) {
    return AuditedStorage.of(tree, entry -> {});
  }

  /** Seen from inside: the tree is mounted, and the mount point is the root. */
  private static Storage mounted(Storage tree) {
    RemotePath point = RemotePath.of("/far/away");
    return JailedStorage.of(MountedStorage.of(tree).mount(point, tree), point);
  }

  private abstract static class Over implements StorageContract {
    private final UnaryOperator<Storage> decorator;
    private StorageSession session;

    Over(UnaryOperator<Storage> decorator) {
      this.decorator = decorator;
    }

    abstract Storage tree();

    @BeforeEach
    void open() {
      session = decorator.apply(tree()).open(USER).block(patience());
    }

    @AfterEach
    void close() {
      session.close().block(patience());
    }

    @Override
    public StorageSession operations() {
      return session;
    }
  }

  private abstract static class OverDisk extends Over {
    @TempDir private Path root;

    OverDisk(UnaryOperator<Storage> decorator) {
      super(decorator);
    }

    @Override
    Storage tree() {
      return LocalStorage.at(root);
    }
  }

  private abstract static class OverMemory extends Over {
    OverMemory(UnaryOperator<Storage> decorator) {
      super(decorator);
    }

    @Override
    Storage tree() {
      return MemoryStorage.create();
    }
  }

  private abstract static class OverGateway extends Over {
    OverGateway(UnaryOperator<Storage> decorator) {
      super(decorator);
    }

    @Override
    Storage tree() {
      return SessionStorage.of(
          () -> MemoryStorage.create().open(USER).map(LoopbackSessions::around));
    }

    /** Streams go through in order only. */
    @Override
    public boolean replacesInAnyOrder() {
      return false;
    }
  }
}
