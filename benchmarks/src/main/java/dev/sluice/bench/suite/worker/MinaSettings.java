package dev.sluice.bench.suite.worker;

import java.util.List;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.core.CoreModuleProperties;

/** Apache MINA SSHD as it comes, or with the settings that move most. */
enum MinaSettings {
  DEFAULTS {
    @Override
    void apply(PropertyResolver manager) {}
  },

  /** No delay of small packets, and a window of 16 MiB. */
  TUNED {
    @Override
    void apply(PropertyResolver manager) {
      CoreModuleProperties.TCP_NODELAY.set(manager, true);
      CoreModuleProperties.WINDOW_SIZE.set(manager, 16L << 20);
    }
  };

  abstract void apply(PropertyResolver manager);

  /** The common cipher, and these settings. */
  void applyTo(FactoryManager manager) {
    manager.setCipherFactories(List.of(BuiltinCiphers.aes128gcm));
    apply(manager);
  }
}
