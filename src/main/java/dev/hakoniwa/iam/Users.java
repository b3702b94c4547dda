package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Call;
import java.time.Instant;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.User;

/// Users: only the root user of each account, who calls unless a role's session does.
final class Users {
    GetUserResponse get(Call call, GetUserRequest request) {
        if (request.userName() != null) {
            throw Errors.userNotFound(request.userName());
        }
        if (!call.principal().endsWith(":root")) {
            throw Errors.validation("Must specify userName when calling with non-User credentials");
        }
        var root = User.builder()
                .userId(call.account().value())
                .arn(call.principal())
                .createDate(Instant.EPOCH)
                .build();
        return GetUserResponse.builder().user(root).build();
    }
}
