package dev.hakoniwa;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// A source file, and what is too large in it.
///
/// A record's components and constructors may be as many as its value has parts; a method that overrides another has
/// the parameters it must have.
record JavaSource(Path file, List<String> tooLong, boolean isLong) {
    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 40;
    private static final int PARAMETERS = 5;

    /// Every source file below the folder.
    static List<JavaSource> below(Path folder) {
        try (var files = Files.walk(folder)) {
            return parse(files.filter(file -> file.toString().endsWith(".java")).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path packageInfo() {
        return file.resolveSibling("package-info.java");
    }

    Stream<String> tooLarge() {
        return tooLong.stream().map(problem -> file + ": " + problem);
    }

    /// The file, if it has too many lines itself.
    Stream<String> longFile() {
        return isLong ? Stream.of(file.toString()) : Stream.empty();
    }

    private static List<JavaSource> parse(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            var found = new ArrayList<JavaSource>();
            for (var unit : task.parse()) {
                var scan = new Scan(unit, Trees.instance(task));
                found.add(new JavaSource(
                        Path.of(unit.getSourceFile().getName()), scan.problems(), scan.lines() > FILE_LINES));
            }
            return found;
        }
    }

    /// Walks through one file.
    private static final class Scan extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final List<String> problems = new ArrayList<>();

        Scan(CompilationUnitTree unit, Trees trees) {
            this.unit = unit;
            this.trees = trees;
        }

        long lines() throws IOException {
            return unit.getSourceFile().getCharContent(true).toString().lines().count();
        }

        List<String> problems() throws IOException {
            if (lines() > FILE_LINES) {
                problems.add(lines() + " lines");
            }
            scan(unit, null);
            return List.copyOf(problems);
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            var lines = line(end(method)) - line(start(method)) + 1;
            if (lines > METHOD_LINES) {
                problems.add("%s has %d lines".formatted(method.getName(), lines));
            }
            var parameters = method.getParameters().size();
            if (parameters > PARAMETERS && !isGiven(method)) {
                problems.add("%s has %d parameters".formatted(method.getName(), parameters));
            }
            return super.visitMethod(method, null);
        }

        private boolean isGiven(MethodTree method) {
            var owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            var ofRecord = owner.getKind() == Tree.Kind.RECORD && method.getReturnType() == null;
            return ofRecord
                    || method.getModifiers().getAnnotations().stream()
                            .anyMatch(annotation ->
                                    annotation.getAnnotationType().toString().equals("Override"));
        }

        private long start(Tree tree) {
            return trees.getSourcePositions().getStartPosition(unit, tree);
        }

        private long end(Tree tree) {
            return trees.getSourcePositions().getEndPosition(unit, tree);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
