package dev.hakoniwa.ecr.repository;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecr.Constraints;
import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.RepositoryKey;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;

/// The policies that say who may use a repository. They are kept and given back; nobody is refused by them.
public final class RepositoryPolicies {
    private static final int LONGEST = 10_240;

    private final Repositories repositories;
    private final Table<String> rows;

    public RepositoryPolicies(Tables tables, Repositories repositories) {
        this.repositories = repositories;
        this.rows = tables.table("repository policy");
    }

    public SetRepositoryPolicyResponse set(Call call, SetRepositoryPolicyRequest request) {
        var text = Constraints.text(request.policyText(), "policyText", 0, LONGEST);
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        var policy = PolicyDocument.normalised(text)
                .orElseThrow(() -> Errors.invalidParameter("PolicyText", "Invalid repository policy provided"));

        rows.put(key.scope(), key.name(), policy);
        return SetRepositoryPolicyResponse.builder()
                .registryId(key.registryId())
                .repositoryName(key.name())
                .policyText(policy)
                .build();
    }

    public GetRepositoryPolicyResponse get(Call call, GetRepositoryPolicyRequest request) {
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        var policy = rows.find(key.scope(), key.name()).orElseThrow(() -> Errors.repositoryPolicyNotFound(key));
        return GetRepositoryPolicyResponse.builder()
                .registryId(key.registryId())
                .repositoryName(key.name())
                .policyText(policy)
                .build();
    }

    public DeleteRepositoryPolicyResponse delete(Call call, DeleteRepositoryPolicyRequest request) {
        var key = repositories.named(call, request.registryId(), request.repositoryName());
        var policy = rows.remove(key.scope(), key.name()).orElseThrow(() -> Errors.repositoryPolicyNotFound(key));
        return DeleteRepositoryPolicyResponse.builder()
                .registryId(key.registryId())
                .repositoryName(key.name())
                .policyText(policy)
                .build();
    }

    void remove(RepositoryKey key) {
        rows.remove(key.scope(), key.name());
    }
}
