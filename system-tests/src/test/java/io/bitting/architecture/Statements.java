package io.bitting.architecture;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The SQL statements in sources.
 *
 * @param constant how many are literals, constants, or put together from those alone
 * @param assembled the others, as class, method and expression
 */
record Statements(int constant, List<String> assembled) {

  /** What takes SQL, in Jdbi and in JDBC. */
  private static final Set<String> TAKING_SQL =
      Set.of(
          "createQuery",
          "createUpdate",
          "createScript",
          "createCall",
          "prepareBatch",
          "prepareStatement",
          "prepareCall",
          "executeQuery",
          "executeUpdate",
          "execute",
          "select");

  /** Calls that return a constant of their own, between constants. */
  private static final Set<String> CONSTANT_CALLS = Set.of("engine.forUpdate", "KeyRows.select");

  static Statements read(List<String> sources) throws IOException {
    List<JavaFileObject> files = new ArrayList<>();
    for (String source : sources) {
      files.add(new Source(URI.create("string:///Source" + files.size() + ".java"), source));
    }
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler().getTask(null, null, null, null, null, files);
    Scanner scanner = new Scanner();
    for (CompilationUnitTree unit : task.parse()) {
      scanner.begin(unit);
    }
    return new Statements(scanner.constant, scanner.assembled);
  }

  private static final class Scanner extends TreePathScanner<Void, Void> {
    final List<String> assembled = new ArrayList<>();
    int constant;
    private final Map<String, ExpressionTree> constants = new HashMap<>();
    private String type = "";
    private String method = "";

    /** A constant counts in its own file. */
    void begin(CompilationUnitTree unit) {
      constants.clear();
      for (Tree outer : unit.getTypeDecls()) {
        if (outer instanceof ClassTree declared) {
          declared.getMembers().forEach(this::collect);
        }
      }
      scan(unit, null);
    }

    private void collect(Tree member) {
      if (member instanceof VariableTree field
          && field.getModifiers().getFlags().containsAll(Set.of(Modifier.STATIC, Modifier.FINAL))
          && field.getInitializer() != null) {
        constants.put(field.getName().toString(), field.getInitializer());
      }
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
      String outer = type;
      type = type.isEmpty() ? tree.getSimpleName().toString() : type;
      super.visitClass(tree, null);
      type = outer;
      return null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void unused) {
      String outer = method;
      method = tree.getName().toString();
      super.visitMethod(tree, null);
      method = outer;
      return null;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
      if (takesSql(tree)) {
        ExpressionTree sql = tree.getArguments().get(0);
        if (isConstant(sql)) {
          constant++;
        } else {
          assembled.add(type + "." + method + ": " + sql);
        }
      }
      return super.visitMethodInvocation(tree, null);
    }

    private static boolean takesSql(MethodInvocationTree tree) {
      if (!(tree.getMethodSelect() instanceof MemberSelectTree select)
          || tree.getArguments().isEmpty()) {
        return false;
      }
      // An executor takes work under the same name.
      Tree.Kind first = tree.getArguments().get(0).getKind();
      return TAKING_SQL.contains(select.getIdentifier().toString())
          && first != Tree.Kind.LAMBDA_EXPRESSION
          && first != Tree.Kind.MEMBER_REFERENCE
          && !CONSTANT_CALLS.contains(select.toString());
    }

    private boolean isConstant(ExpressionTree tree) {
      return switch (tree) {
        case LiteralTree literal -> literal.getValue() instanceof String;
        case ParenthesizedTree inner -> isConstant(inner.getExpression());
        case BinaryTree sum ->
            sum.getKind() == Tree.Kind.PLUS
                && isConstant(sum.getLeftOperand())
                && isConstant(sum.getRightOperand());
        case ConditionalExpressionTree choice ->
            isConstant(choice.getTrueExpression()) && isConstant(choice.getFalseExpression());
        case IdentifierTree name -> {
          ExpressionTree value = constants.get(name.getName().toString());
          yield value != null && isConstant(value);
        }
        case MethodInvocationTree call ->
            CONSTANT_CALLS.contains(call.getMethodSelect().toString())
                && call.getArguments().stream().allMatch(this::isConstant);
        default -> false;
      };
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
