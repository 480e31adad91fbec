/** Servers for tests, with faults on demand. */
module dev.sluice.testing {
  requires transitive dev.sluice.ftp;
  requires transitive dev.sluice.sftp;
  requires transitive dev.sluice.storage;
  requires transitive org.junit.jupiter.api;
  requires org.bouncycastle.provider;
  requires org.bouncycastle.pkix;
  requires io.netty.common;

  exports dev.sluice.testing;
}
