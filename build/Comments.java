import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Fails when a public or protected type, method, constructor or constant of an exported package has
 * no Javadoc. What overrides another method inherits its comment.
 */
public final class Comments {
    private static int checked;
    private static int missing;

    public static void main(String[] args) throws IOException {
        List<Path> modules;
        try (Stream<Path> folders = Files.list(Path.of(args[0]))) {
            modules =
                    folders.map(folder -> folder.resolve("src/main/java"))
                            .filter(sources -> Files.exists(sources.resolve("module-info.java")))
                            .sorted()
                            .toList();
        }
        for (Path module : modules) {
            check(module);
        }
        System.err.println(checked + " public elements, " + missing + " without a comment");
        if (missing > 0) {
            System.exit(1);
        }
    }

    private static void check(Path module) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(module)) {
            files = walk.filter(file -> file.toString().endsWith(".java")).toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    null,
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            Iterable<? extends CompilationUnitTree> units = task.parse();
            Set<String> exported = Set.of();
            for (CompilationUnitTree unit : units) {
                if (unit.getModule() != null) {
                    exported = exports(unit.getModule());
                }
            }
            for (CompilationUnitTree unit : units) {
                if (unit.getPackageName() != null
                        && exported.contains(unit.getPackageName().toString())) {
                    new Scanner(Trees.instance(task), unit).scan(unit, null);
                }
            }
        }
    }

    private static Set<String> exports(ModuleTree module) {
        return module.getDirectives().stream()
                .filter(ExportsTree.class::isInstance)
                .map(directive -> ((ExportsTree) directive).getPackageName().toString())
                .collect(Collectors.toSet());
    }

    /** Visits what is visible from outside the module. */
    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final Trees trees;
        private final CompilationUnitTree unit;

        Scanner(Trees trees, CompilationUnitTree unit) {
            this.trees = trees;
            this.unit = unit;
        }

        @Override
        public Void visitClass(ClassTree tree, Void unused) {
            if (!isVisible(tree.getModifiers())) {
                return null;
            }
            require(tree, "type " + tree.getSimpleName());
            return super.visitClass(tree, null);
        }

        @Override
        public Void visitMethod(MethodTree tree, Void unused) {
            boolean overrides =
                    tree.getModifiers().getAnnotations().stream()
                            .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
            if (isVisible(tree.getModifiers()) && !overrides) {
                require(tree, "method " + tree.getName());
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree tree, Void unused) {
            boolean isComponent =
                    parent().getKind() == Tree.Kind.RECORD
                            && !tree.getModifiers().getFlags().contains(Modifier.STATIC);
            if (isVisible(tree.getModifiers()) && !isComponent) {
                require(tree, "field " + tree.getName());
            }
            return null;
        }

        @Override
        public Void visitBlock(BlockTree tree, Void unused) {
            return null; // initializers
        }

        private Tree parent() {
            return getCurrentPath().getParentPath().getLeaf();
        }

        private boolean isVisible(ModifiersTree modifiers) {
            Tree.Kind kind = parent().getKind();
            Set<Modifier> flags = modifiers.getFlags();
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || ((kind == Tree.Kind.INTERFACE || kind == Tree.Kind.ANNOTATION_TYPE)
                            && !flags.contains(Modifier.PRIVATE));
        }

        private void require(Tree tree, String what) {
            checked++;
            TreePath path = getCurrentPath();
            if (trees.getDocComment(path) == null) {
                missing++;
                long line =
                        unit.getLineMap()
                                .getLineNumber(
                                        trees.getSourcePositions().getStartPosition(unit, tree));
                System.err.println(
                        Path.of(unit.getSourceFile().toUri())
                                + ":"
                                + line
                                + ": no Javadoc: "
                                + what);
            }
        }
    }
}
