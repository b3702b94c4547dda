package dev.hakoniwa.ecr;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import java.util.List;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;

/// Gives passwords of the registry out.
final class TokenOperations {
    private final Tokens tokens;
    private final RegistryAddress address;

    TokenOperations(Tokens tokens, RegistryAddress address) {
        this.tokens = tokens;
        this.address = address;
    }

    @SuppressWarnings("deprecation") // registryIds is, but old clients send it
    GetAuthorizationTokenResponse get(Call call, GetAuthorizationTokenRequest request) {
        var registries = request.hasRegistryIds()
                ? Constraints.size(request.registryIds(), "registryIds", 1, 10).stream()
                        .map(id -> Constraints.registry(call, id))
                        .toList()
                : List.of(call.scope());
        return GetAuthorizationTokenResponse.builder()
                .authorizationData(registries.stream().map(this::authorization).toList())
                .build();
    }

    private AuthorizationData authorization(Scope registry) {
        var token = tokens.issue(registry);
        return AuthorizationData.builder()
                .authorizationToken(token.basic())
                .expiresAt(token.expiresAt())
                .proxyEndpoint(address.endpoint())
                .build();
    }
}
