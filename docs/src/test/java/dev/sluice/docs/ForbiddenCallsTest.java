package dev.sluice.docs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.sluice.docs.Sluice.APPLICATION;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import dev.sluice.api.BoundServer;
import dev.sluice.tls.AesGcmProvider;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Calls that library code never makes. */
final class ForbiddenCallsTest {
  private static final Set<String> BLOCKING =
      Set.of(
          "block",
          "blockOptional",
          "blockFirst",
          "blockLast",
          "toIterable",
          "toStream",
          "toFuture");

  /** But for {@link BoundServer#disposeNow}, which says so. */
  @Test
  void nothingWaitsForAPublisher() {
    library()
        .and(not(HasName.Predicates.name(BoundServer.class.getName())))
        .should()
        .accessTargetWhere(calls("reactor.core.publisher.Mono", BLOCKING))
        .allowEmptyShould(true)
        .check(Sluice.CLASSES);
    forbid("reactor.core.publisher.Flux", BLOCKING);
  }

  @Test
  void nothingSleeps() {
    forbid("java.lang.Thread", Set.of("sleep"));
  }

  @Test
  void nothingPrints() {
    check(calls("java.lang.System", Set.of("out", "err")));
    forbid("java.lang.Throwable", Set.of("printStackTrace"));
  }

  @Test
  void nothingStartsAThreadOfItsOwn() {
    forbid("java.lang.Thread", Set.of("<init>", "startVirtualThread"));
  }

  /** But for what a program asks to be installed. */
  @Test
  void nothingChangesTheSecurityProvidersOfTheProcess() {
    Set<String> changes = Set.of("addProvider", "insertProviderAt", "removeProvider");
    library()
        .and(not(HasName.Predicates.name(AesGcmProvider.class.getName())))
        .should()
        .accessTargetWhere(calls("java.security.Security", changes))
        .allowEmptyShould(true)
        .check(Sluice.CLASSES);
    noClasses()
        .that(resideInAPackage("dev.sluice..").and(not(APPLICATION)))
        .should()
        .callMethod(AesGcmProvider.class, "install")
        .check(Sluice.CLASSES);
  }

  /** CVE-2022-45047, CVE-2024-52046: what is deserialised decides which code runs. */
  @Test
  void nothingReadsSerialisedObjects() {
    forbid("java.io.ObjectInputStream", Set.of("<init>", "readObject", "readUnshared"));
  }

  private static void forbid(String owner, Set<String> names) {
    check(calls(owner, names));
  }

  private static void check(DescribedPredicate<JavaAccess<?>> access) {
    library().should().accessTargetWhere(access).allowEmptyShould(true).check(Sluice.CLASSES);
  }

  private static GivenClassesConjunction library() {
    return noClasses().that(resideInAPackage("dev.sluice..").and(not(APPLICATION)));
  }

  private static DescribedPredicate<JavaAccess<?>> calls(String owner, Set<String> names) {
    return describe(
        owner + " " + names,
        access -> {
          AccessTarget target = access.getTarget();
          return names.contains(target.getName()) && target.getOwner().isAssignableTo(owner);
        });
  }
}
