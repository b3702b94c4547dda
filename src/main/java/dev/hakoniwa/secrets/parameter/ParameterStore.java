package dev.hakoniwa.secrets.parameter;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Service;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.LabelParameterVersionRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.UnlabelParameterVersionRequest;

/// The Parameter Store, put together.
public final class ParameterStore {
    public static final Service SERVICE = Service.json("ssm", "AmazonSSM", "2014-11-06");

    private final Parameters parameters;
    private final PutOperations puts;

    public ParameterStore(Foundation foundation) {
        parameters = new Parameters(foundation.tables());
        puts = new PutOperations(parameters, foundation.clock());
    }

    /// The table of the operations.
    public Operations operations() {
        var get = new GetOperations(parameters);
        var labels = new LabelOperations(parameters);
        var tags = new ParameterTags(parameters);
        return Operations.of(SERVICE)
                .on("PutParameter", PutParameterRequest::builder, puts::put)
                .on("DeleteParameter", DeleteParameterRequest::builder, puts::delete)
                .on("DeleteParameters", DeleteParametersRequest::builder, puts::deleteAll)
                .on("GetParameter", GetParameterRequest::builder, get::get)
                .on("GetParameters", GetParametersRequest::builder, get::getAll)
                .on("GetParametersByPath", GetParametersByPathRequest::builder, get::getByPath)
                .on("GetParameterHistory", GetParameterHistoryRequest::builder, get::history)
                .on(
                        "DescribeParameters",
                        DescribeParametersRequest::builder,
                        new ParameterListings(parameters)::describe)
                .on("LabelParameterVersion", LabelParameterVersionRequest::builder, labels::label)
                .on("UnlabelParameterVersion", UnlabelParameterVersionRequest::builder, labels::unlabel)
                .on("AddTagsToResource", AddTagsToResourceRequest::builder, tags::add)
                .on("RemoveTagsFromResource", RemoveTagsFromResourceRequest::builder, tags::remove)
                .on("ListTagsForResource", ListTagsForResourceRequest::builder, tags::list);
    }

    /// The decrypted value of a parameter, named as GetParameter has it; empty if there is none. Belongs inside a step.
    public Optional<String> value(Scope scope, String name) {
        return parameters.tryRead(scope, name).map(found -> found.version().value());
    }
}
