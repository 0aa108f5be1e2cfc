package dev.odyssey;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Packages are rooms: what one is for, it does without those that use it. */
class PackagesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.odyssey");

  @Test
  void noPieceOfTheTransformUsesAnotherThatUsesIt() {
    slices().matching("dev.odyssey.transform.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noPackageUsesAnotherThatUsesIt() {
    slices().matching("dev.odyssey.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void workIsDoneWithoutCamel() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.odyssey.cancellation..",
            "dev.odyssey.failure..",
            "dev.odyssey.isolation..",
            "dev.odyssey.publish..",
            "dev.odyssey.queue..",
            "dev.odyssey.source..",
            "dev.odyssey.transform..",
            "dev.odyssey.work..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.camel..")
        .check(CLASSES);
  }
}
