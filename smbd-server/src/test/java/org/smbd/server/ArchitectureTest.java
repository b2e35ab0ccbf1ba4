package org.smbd.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The order inside and between the modules: docs/architecture.md. */
@AnalyzeClasses(packages = "org.smbd", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule protocolPackagesAreAcyclic =
            slices().matching("org.smbd.protocol.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule authPackagesAreAcyclic =
            slices().matching("org.smbd.auth.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule filesAreOpenedInTheStoreOnly = noClasses()
            .that()
            .resideInAPackage("org.smbd.vfs..")
            .and()
            // what lists snapshots looks outside the share, where no volume leads
            .resideOutsideOfPackages("org.smbd.vfs.store..", "org.smbd.vfs.snapshot..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.nio.file.Files")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.nio.channels.FileChannel");

    @ArchTest
    static final ArchRule nativeCallsAreMadeInTheStoreOnly = noClasses()
            .that()
            .resideOutsideOfPackage("org.smbd.vfs.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..");

    @ArchTest
    static final ArchRule ciphersAreUsedInCryptoAndAuthOnly = noClasses()
            .that()
            .resideOutsideOfPackages("org.smbd.protocol.crypto..", "org.smbd.auth..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javax.crypto..");

    @ArchTest
    static final ArchRule connectionsKnowNoTransport = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.smbd.server.conn..",
                    "org.smbd.server.session..",
                    "org.smbd.server.pipeline..",
                    "org.smbd.server.smb2..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..");

    @ArchTest
    static final ArchRule handlersKnowNoStore = noClasses()
            .that()
            .resideInAPackage("org.smbd.server.smb2..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.smbd.vfs.store..", "org.smbd.vfs.node..", "org.smbd.vfs.name..");

    @ArchTest
    static final ArchRule vfsAndAuthKnowNoNetty = noClasses()
            .that()
            .resideInAnyPackage("org.smbd.vfs..", "org.smbd.auth..", "org.smbd.core..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule handlersAreFinal = classes()
            .that()
            .resideInAPackage("org.smbd.server.smb2..")
            .and()
            .haveSimpleNameEndingWith("Handler")
            .and()
            .areNotInterfaces()
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
