package dev.hakoniwa.ecs.task.resource;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.s3.ObjectReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;

/// Reads files of tasks from S3.
final class ObjectFetcher {
    private final ObjectReader objects;
    private final ExecutionRole role;

    ObjectFetcher(ObjectReader objects, ExecutionRole role) {
        this.objects = objects;
        this.role = role;
    }

    /// The variables of all the files; those of an earlier file win.
    Map<String, String> variables(LiveTask task, List<EnvironmentFile> files) {
        var variables = new HashMap<String, String>();
        for (var file : files.reversed()) {
            variables.putAll(VariablesFile.variables(
                    read(task, file.value(), (path, why) -> variablesFailure(task, path, why))));
        }
        return variables;
    }

    /// The text of a log router's configuration file.
    String configuration(LiveTask task, String file) {
        return new String(
                read(
                        task,
                        file,
                        (path, why) -> new EngineException(
                                Kind.REFUSED,
                                "ResourceInitializationError: unable to download firelens s3 config file: unable to download s3"
                                        + " config %s from bucket %s: %s".formatted(path.key(), path.bucket(), why))),
                StandardCharsets.UTF_8);
    }

    /// Where an object is.
    private record Path(String bucket, String key) {
        /// @param arn such as `arn:aws:s3:::bucket/key`
        static Path of(String arn) {
            var path = Arn.parse(arn).map(Arn::resource).orElse("");
            var slash = path.indexOf('/');
            return slash < 0 ? new Path(path, "") : new Path(path.substring(0, slash), path.substring(slash + 1));
        }
    }

    private byte[] read(LiveTask task, String file, BiFunction<Path, String, EngineException> failure) {
        var path = Path.of(file);
        try {
            role.check(task, "s3:GetObject", file);
            return objects.read(task.key().scope().account(), path.bucket(), path.key());
        } catch (AwsError e) {
            throw failure.apply(path, "%s: %s status code: %d".formatted(e.code(), e.message(), e.status()));
        }
    }

    /// As Fargate words it, and the agent on EC2.
    private static EngineException variablesFailure(LiveTask task, Path path, String why) {
        var text = task.spec().isFargate()
                ? "ResourceInitializationError: failed to download env files: file download command: non empty error"
                        + " stream: service call has been retried 1 time(s): " + why
                : "unable to download env file with key %s from bucket %s: %s"
                        .formatted(path.key(), path.bucket(), why);
        return new EngineException(Kind.REFUSED, text);
    }
}
