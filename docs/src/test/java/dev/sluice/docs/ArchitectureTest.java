package dev.sluice.docs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.sluice.docs.Sluice.APPLICATION;
import static dev.sluice.docs.Sluice.CLIENT;
import static dev.sluice.docs.Sluice.CORE;
import static dev.sluice.docs.Sluice.IO;
import static dev.sluice.docs.Sluice.MESSAGE;
import static dev.sluice.docs.Sluice.PROTOCOL;
import static dev.sluice.docs.Sluice.SERVER;
import static dev.sluice.docs.Sluice.SHARED;
import static dev.sluice.docs.Sluice.WIRE;
import static dev.sluice.docs.Sluice.WITHOUT_IO;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.transport.AnswerMemory;
import dev.sluice.transport.ProtocolCore;
import org.junit.jupiter.api.Test;

/** Which way imports point, between the modules and inside a protocol. */
final class ArchitectureTest {
  private static final DescribedPredicate<JavaClass> REACTOR =
      resideInAnyPackage("reactor..", "org.reactivestreams..").as("Reactor");

  private static final DescribedPredicate<JavaClass> CONNECTION =
      assignableTo("io.netty.channel.Channel")
          .or(assignableTo("io.netty.channel.ChannelHandler"))
          .or(assignableTo("io.netty.channel.ChannelHandlerContext"))
          .or(assignableTo("io.netty.channel.ChannelPipeline"))
          .or(resideInAPackage("reactor.netty.."))
          .as("a channel or a connection");

  private static final DescribedPredicate<JavaClass> CRYPTO =
      resideInAnyPackage("javax.crypto..", "javax.net.ssl..", "org.bouncycastle..");

  private static final DescribedPredicate<JavaClass> SLUICE = resideInAPackage("dev.sluice..");

  @Test
  void theClassesOfEveryModuleAreLookedAt() {
    assertThat(Sluice.CLASSES.stream().map(JavaClass::getPackageName))
        .contains(
            "dev.sluice.transport",
            "dev.sluice.ftp",
            "dev.sluice.cli",
            "dev.sluice.bench",
            "dev.sluice.testing");
  }

  @Test
  void theApiNeedsReactorAndBuffersOnly() {
    check(
        classes()
            .that(resideInAPackage("dev.sluice.api.."))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    "",
                    "java..",
                    "javax.crypto..",
                    "dev.sluice.api..",
                    "reactor.core..",
                    "reactor.util..",
                    "org.reactivestreams..",
                    "io.netty.buffer..",
                    "io.netty.util..",
                    "io.micrometer..",
                    "org.jspecify..")));
  }

  @Test
  void transportAndStorageDoNotKnowEachOther() {
    check(
        noProtocolImports("dev.sluice.transport..", "dev.sluice.storage..", "dev.sluice.client.."));
    check(
        noProtocolImports("dev.sluice.storage..", "dev.sluice.transport..", "dev.sluice.client.."));
    check(
        noClasses()
            .that(resideInAPackage("dev.sluice.storage.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("reactor.netty..", "io.netty.channel..")));
  }

  @Test
  void whatAllProtocolsShareImportsNoProtocol() {
    check(noClasses().that(SHARED).should().dependOnClassesThat(PROTOCOL.or(APPLICATION)));
  }

  @Test
  void aProtocolNeedsNoStorageAndNoTransferEngine() {
    check(
        noClasses()
            .that(PROTOCOL)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("dev.sluice.storage..", "dev.sluice.client..")));
  }

  @Test
  void noPackagesImportEachOtherInACircle() {
    check(slices().matching("dev.sluice.(**)").should().beFreeOfCycles());
  }

  @Test
  void tlsImportsNoOtherProtocol() {
    check(
        noProtocolImports(
            "dev.sluice.tls..", "dev.sluice.ftp..", "dev.sluice.ssh..", "dev.sluice.sftp.."));
  }

  @Test
  void ftpAndSshNeverImportEachOther() {
    check(noProtocolImports("dev.sluice.ftp..", "dev.sluice.ssh..", "dev.sluice.sftp.."));
    check(noProtocolImports("dev.sluice.ssh..", "dev.sluice.ftp..", "dev.sluice.tls.."));
    check(noProtocolImports("dev.sluice.sftp..", "dev.sluice.ftp..", "dev.sluice.tls.."));
  }

  @Test
  void noLibraryClassImportsAnApplication() {
    check(noClasses().that(SLUICE.and(not(APPLICATION))).should().dependOnClassesThat(APPLICATION));
  }

  @Test
  void wireMessagesAndCoresSeeOnlyJavaBuffersAndCrypto() {
    DescribedPredicate<JavaClass> plain =
        resideInAnyPackage(
            "",
            "java..",
            "io.netty.buffer..",
            "io.netty.util..",
            "org.jspecify..",
            "com.google.errorprone.annotations..");
    check(classes().that(WITHOUT_IO).should().onlyDependOnClassesThat(plain.or(CRYPTO).or(SLUICE)));
  }

  @Test
  void noCoreSharedByTheProtocolsSeesReactor() {
    check(
        noClasses()
            .that(assignableTo(ProtocolCore.class).or(type(AnswerMemory.class)))
            .should()
            .dependOnClassesThat(REACTOR.or(CONNECTION)));
  }

  @Test
  void onlyIoTouchesAChannelOrAConnection() {
    check(noClasses().that(PROTOCOL.and(not(IO))).should().dependOnClassesThat(CONNECTION));
    check(
        noClasses()
            .that(resideInAPackage("dev.sluice.api.."))
            .should()
            .dependOnClassesThat(CONNECTION));
  }

  @Test
  void onlyClientServerAndTheRootImplementTheApi() {
    DescribedPredicate<JavaClass> inside = PROTOCOL.and(WITHOUT_IO.or(IO));
    check(
        noClasses()
            .that(inside)
            .should()
            .implement(resideInAPackage("dev.sluice.api..").and(INTERFACES)));
  }

  @Test
  void insideAProtocolImportsPointToTheWire() {
    check(noClasses().that(WIRE).should().dependOnClassesThat(MESSAGE.or(CORE).or(IO).or(ends())));
    check(noClasses().that(MESSAGE).should().dependOnClassesThat(CORE.or(IO).or(ends())));
    check(noClasses().that(CORE).should().dependOnClassesThat(IO.or(ends())));
    check(noClasses().that(IO).should().dependOnClassesThat(ends()));
    check(noClasses().that(CLIENT).should().dependOnClassesThat(SERVER));
    check(noClasses().that(SERVER).should().dependOnClassesThat(CLIENT));
  }

  @Test
  void aNameSaysWhatAClassIs() {
    DescribedPredicate<JavaClass> vague =
        describe(
            "a vague name",
            type -> type.getSimpleName().matches("Abstract.*|.*(Impl|Helper|Manager|Utils?)"));
    check(noClasses().should(be(vague)));
  }

  private static DescribedPredicate<JavaClass> ends() {
    return CLIENT.or(SERVER);
  }

  private static ArchRule noProtocolImports(String from, String... to) {
    return noClasses()
        .that(resideInAPackage(from))
        .should()
        .dependOnClassesThat(resideInAnyPackage(to));
  }

  /** A package that has no class yet breaks no rule. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(Sluice.CLASSES);
  }
}
