package dev.sluice.docs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The compiled classes of every module, without tests, and the layers of a protocol. */
final class Sluice {
  /** Read once: every rule looks at the same classes. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(at -> !at.contains("/test-classes/") && !at.contains("-tests.jar"))
          .withImportOption(at -> !at.contains("/docs/target/"))
          .importPackages("dev.sluice");

  /** Modules that end in a user's hands: they may print and wait. */
  static final DescribedPredicate<JavaClass> APPLICATION =
      resideInAnyPackage("dev.sluice.cli..", "dev.sluice.bench..", "dev.sluice.testing..")
          .as("applications");

  static final DescribedPredicate<JavaClass> PROTOCOL =
      resideInAnyPackage(
              "dev.sluice.tls..", "dev.sluice.ftp..", "dev.sluice.ssh..", "dev.sluice.sftp..")
          .as("protocols");

  static final DescribedPredicate<JavaClass> SHARED =
      resideInAnyPackage(
              "dev.sluice.api..",
              "dev.sluice.transport..",
              "dev.sluice.storage..",
              "dev.sluice.client..")
          .as("what the protocols share");

  static final DescribedPredicate<JavaClass> WIRE =
      resideInAnyPackage("dev.sluice.*.wire..", "dev.sluice.tls.record..").as("wire");

  static final DescribedPredicate<JavaClass> MESSAGE =
      resideInAnyPackage(
              "dev.sluice.*.message..",
              "dev.sluice.ftp.command..",
              "dev.sluice.ftp.reply..",
              "dev.sluice.ftp.listing..")
          .as("messages");

  static final DescribedPredicate<JavaClass> CORE =
      resideInAnyPackage(
              "dev.sluice.*.core..",
              "dev.sluice.ssh.algorithm..",
              "dev.sluice.ssh.packet..",
              "dev.sluice.ssh.kex..",
              "dev.sluice.ssh.key..",
              "dev.sluice.ssh.agent..",
              "dev.sluice.ssh.config..",
              "dev.sluice.ssh.auth..",
              "dev.sluice.ssh.channel..")
          .as("cores");

  static final DescribedPredicate<JavaClass> IO = resideInAnyPackage("dev.sluice.*.io..").as("io");

  static final DescribedPredicate<JavaClass> CLIENT =
      resideInAnyPackage("dev.sluice.*.client..").as("clients");

  static final DescribedPredicate<JavaClass> SERVER =
      resideInAnyPackage("dev.sluice.*.server..").as("servers");

  /** Everything below {@code io}: no socket, no thread, no clock, no Reactor. */
  static final DescribedPredicate<JavaClass> WITHOUT_IO =
      WIRE.or(MESSAGE).or(CORE).as("wire, messages and cores");

  private Sluice() {}
}
