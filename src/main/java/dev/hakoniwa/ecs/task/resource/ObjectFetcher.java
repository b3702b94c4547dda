package dev.hakoniwa.ecs.task.resource;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.s3.ObjectReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;

/// Reads environment files from S3.
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
            variables.putAll(VariablesFile.variables(read(task, file.value())));
        }
        return variables;
    }

    private byte[] read(LiveTask task, String file) {
        var path = Arn.parse(file)
                .orElseThrow(() -> failure(task, file, "", "invalid ARN"))
                .resource();
        var slash = path.indexOf('/');
        var bucket = slash < 0 ? path : path.substring(0, slash);
        var key = slash < 0 ? "" : path.substring(slash + 1);
        try {
            role.check(task, "s3:GetObject", file);
            return objects.read(task.key().scope().account(), bucket, key);
        } catch (AwsError e) {
            throw failure(task, key, bucket, "%s: %s status code: %d".formatted(e.code(), e.message(), e.status()));
        }
    }

    /// As Fargate words it, and the agent on EC2.
    private static EngineException failure(LiveTask task, String key, String bucket, String why) {
        var text = task.spec().isFargate()
                ? "ResourceInitializationError: failed to download env files: file download command: non empty error"
                        + " stream: service call has been retried 1 time(s): " + why
                : "unable to download env file with key %s from bucket %s: %s".formatted(key, bucket, why);
        return new EngineException(Kind.REFUSED, text);
    }
}
