package dev.hakoniwa.ecs.exec;

import dev.hakoniwa.aws.Call;

/// Where a session's data channel is: at the address at which the caller has asked for it.
///
/// @param usual the host and port for a caller who has named none
record StreamUrls(String usual) {
    String of(Call call, String sessionId) {
        var host = call.host().isEmpty() ? usual : call.host();
        return "ws://" + host + "/v1/data-channel/" + sessionId + "?role=publish_subscribe";
    }
}
