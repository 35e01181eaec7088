package io.bitting.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.bitting.architecture.Codebase.assertFinds;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.bitting.architecture.planted.Borders;
import io.bitting.architecture.planted.circle.one.Hen;
import io.bitting.architecture.planted.circle.two.Egg;
import io.bitting.jdbc.JdbcDatabase;
import io.bitting.jdbc.JdbcStorage;
import io.bitting.jdbc.KeysetRefusedException;
import io.bitting.server.BittingServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which module and which package may know which. */
final class ModulesTest {
  private static final Set<String> PACKAGES_OF_JAVA_BASE =
      ModuleLayer.boot().findModule("java.base").orElseThrow().getPackages();

  private static final ArchRule CORE_IS_ALONE =
      classes()
          .should()
          .onlyDependOnClassesThat(
              describe(
                      "are in java.base",
                      (JavaClass type) ->
                          PACKAGES_OF_JAVA_BASE.contains(
                              type.getBaseComponentType().getPackageName()))
                  .or(resideInAPackage("org.jspecify.annotations"))
                  .or(
                      describe(
                          "are in core",
                          type -> Module.of(type).equals(Optional.of(Module.CORE)))));

  private static final ArchRule PACKAGES_WITHOUT_CIRCLES =
      SlicesRuleDefinition.slices().assignedFrom(new ByPackage()).should().beFreeOfCycles();

  private static final ArchRule ONLY_THE_EDGE_KNOWS_THE_HTTP_SERVER =
      noClasses()
          .that(
              DescribedPredicate.not(
                  resideInAPackage("io.bitting.server.http")
                      .or(belongToAnyOf(BittingServer.class))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..");

  private static final ArchRule ONLY_JDBC_KNOWS_SQL =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "javax.sql..",
              "org.jdbi..",
              "org.flywaydb..",
              "org.sqlite..",
              "org.postgresql..");

  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }

  /**
   * Every class of Bitting that is used is in a module that may be used; of client, server sees the
   * protocol alone.
   */
  private static ArchRule arrowsOf(Module module) {
    return classes()
        .should(
            new ArchCondition<JavaClass>("use of Bitting what " + module + " may") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                  JavaClass target = dependency.getTargetClass();
                  Optional<Module> used = Module.of(target);
                  if (used.isPresent() && !maySee(module, used.get(), target)) {
                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                  }
                }
              }
            });
  }

  private static boolean maySee(Module module, Module used, JavaClass target) {
    // What these tests plant is of this module, and stands for the module that the rule is of.
    return used == Module.SYSTEM_TESTS
        || (module.mayUse(used)
            && !(module == Module.SERVER
                && used == Module.CLIENT
                && !target
                    .getBaseComponentType()
                    .getPackageName()
                    .equals("io.bitting.client.protocol")));
  }

  @ParameterizedTest
  @EnumSource(names = {"CORE", "OPENAPI", "JDBC", "CLIENT", "SERVER", "SAMPLES", "CLI"})
  void classes_ofEachModule_useOnlyWhatItMay(Module module) {
    arrowsOf(module).check(Codebase.of(module));
  }

  @Test
  void classes_thatUseWhatTheirModuleMayNot_areFound() {
    assertFinds(arrowsOf(Module.CORE), Borders.KnowsServer.class, Borders.KnowsJdbc.class);
    assertFinds(arrowsOf(Module.OPENAPI), Borders.KnowsServer.class, Borders.KnowsJdbc.class);
    assertFinds(arrowsOf(Module.JDBC), Borders.KnowsServer.class, Borders.KnowsClient.class);
    assertFinds(arrowsOf(Module.CLIENT), Borders.KnowsServer.class, Borders.KnowsJdbc.class);
    assertFinds(arrowsOf(Module.SERVER), Borders.KnowsClient.class, Borders.KnowsCli.class);
    assertFinds(arrowsOf(Module.SAMPLES), Borders.KnowsServer.class, Borders.KnowsCli.class);
    assertFinds(arrowsOf(Module.CLI), Borders.KnowsJdbc.class);
    arrowsOf(Module.SERVER).check(Codebase.planted(Borders.KnowsProtocol.class));
  }

  @Test
  void poms_ofEachModule_dependOnlyOnWhatItMay() throws IOException {
    List<Pom> poms = new ArrayList<>();
    for (Module module : Module.values()) {
      poms.add(Pom.read(Files.readString(module.path().resolve("pom.xml"))));
    }

    assertThat(poms).extracting(Pom::artifact).containsExactlyElementsOf(artifacts());
    assertThat(poms.stream().flatMap(pom -> forbiddenArrows(pom).stream())).isEmpty();
    assertThat(poms.stream().mapToInt(pom -> pom.used().size()).sum()).isGreaterThanOrEqualTo(25);
    assertThat(Pom.read(Files.readString(Path.of("..", "pom.xml"))).modules())
        .containsExactlyInAnyOrderElementsOf(
            List.of(Module.values()).stream().map(Module::folder).toList());
  }

  @Test
  void poms_thatDependOnWhatTheirModuleMayNot_areFound() throws IOException {
    String core = Files.readString(Module.CORE.path().resolve("pom.xml"));
    String plant =
        """
        <dependencies>
            <dependency><groupId>${project.groupId}</groupId><artifactId>bitting-server</artifactId></dependency>
            <dependency><groupId>com.google.guava</groupId><artifactId>guava</artifactId></dependency>
        """;
    Pom planted = Pom.read(core.replace("<dependencies>", plant));

    assertThat(forbiddenArrows(planted))
        .containsExactly("bitting-core -> bitting-server", "bitting-core -> guava");
    String tested =
        core.replace(
            "<dependencies>", plant.replace("</artifactId>", "</artifactId><scope>test</scope>"));
    assertThat(forbiddenArrows(Pom.read(tested))).isEmpty();
  }

  private static List<String> artifacts() {
    return List.of(Module.values()).stream().map(Module::artifact).toList();
  }

  /** Tests may use everything; core has nobody. */
  private static List<String> forbiddenArrows(Pom pom) {
    Module module =
        List.of(Module.values()).stream()
            .filter(each -> each.artifact().equals(pom.artifact()))
            .findFirst()
            .orElseThrow();
    List<String> forbidden = new ArrayList<>();
    for (String used : pom.used()) {
      Optional<Module> ours =
          List.of(Module.values()).stream()
              .filter(each -> each.artifact().equals(used))
              .findFirst();
      boolean allowed = ours.isPresent() ? module.mayUse(ours.get()) : module != Module.CORE;
      if (!allowed) {
        forbidden.add(pom.artifact() + " -> " + used);
      }
    }
    return forbidden;
  }

  @Test
  void core_usesJavaBaseAndJspecifyAlone() {
    CORE_IS_ALONE.check(Codebase.of(Module.CORE));
  }

  @Test
  void core_whatUsesMore_isFound() {
    assertFinds(
        CORE_IS_ALONE,
        Borders.KnowsSql.class,
        Borders.KnowsLogging.class,
        Borders.KnowsServer.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"CORE", "OPENAPI", "JDBC", "CLIENT", "SERVER", "SAMPLES", "CLI"})
  void packages_ofEachModule_haveNoCircle(Module module) {
    PACKAGES_WITHOUT_CIRCLES.check(Codebase.of(module));
  }

  @Test
  void packages_inCircle_areFound() {
    assertThat(
            PACKAGES_WITHOUT_CIRCLES
                .evaluate(Codebase.planted(Hen.class, Egg.class))
                .hasViolation())
        .isTrue();
  }

  @Test
  void server_onlyEdgeAndWiring_knowTheHttpServer() {
    ONLY_THE_EDGE_KNOWS_THE_HTTP_SERVER.check(Codebase.of(Module.SERVER));
  }

  @Test
  void server_whatElseKnowsTheHttpServer_isFound() {
    assertFinds(
        ONLY_THE_EDGE_KNOWS_THE_HTTP_SERVER, Borders.KnowsVertx.class, Borders.KnowsNetty.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"CORE", "OPENAPI", "CLIENT", "SERVER", "SAMPLES", "CLI"})
  void sql_isKnownToJdbcAlone(Module module) {
    ONLY_JDBC_KNOWS_SQL.check(Codebase.of(module));
  }

  @Test
  void sql_whatElseKnowsIt_isFound() {
    assertFinds(ONLY_JDBC_KNOWS_SQL, Borders.KnowsSql.class);
  }

  @Test
  void jdbc_listedTypesAlone_arePublic() {
    assertThat(publicTypes(Codebase.of(Module.JDBC)))
        .containsExactlyInAnyOrder(
            JdbcDatabase.class.getName(),
            JdbcStorage.class.getName(),
            KeysetRefusedException.class.getName());
  }

  @Test
  void jdbc_anotherPublicType_isFound() {
    assertThat(publicTypes(Codebase.planted(Borders.class.getDeclaredClasses())))
        .hasSize(Borders.class.getDeclaredClasses().length - 1)
        .contains(Borders.KnowsSql.class.getName())
        .doesNotContain(Borders.class.getName() + "$Hidden");
  }

  private static SortedSet<String> publicTypes(JavaClasses classes) {
    SortedSet<String> types = new TreeSet<>();
    for (JavaClass type : classes) {
      boolean visible = true;
      for (Optional<JavaClass> at = Optional.of(type);
          at.isPresent();
          at = at.get().getEnclosingClass()) {
        visible &= at.get().getModifiers().contains(JavaModifier.PUBLIC);
      }
      if (visible) {
        types.add(type.getName());
      }
    }
    return types;
  }
}
