package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Credentials;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.iam.Roles.Session;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// The temporary credentials that have been given out and are good.
final class Sessions {
    private static final String TEMPORARY = "ASIA";

    /// A key is looked for before it is known whose it is.
    private static final Scope EVERYWHERE = Directory.scope(new AccountId("000000000000"));

    private final Tables tables;
    private final Table<Session> sessions;
    private final Ids ids;
    private final Time time;

    Sessions(Tables tables, Ids ids, Time time) {
        this.tables = tables;
        this.sessions = tables.table("session");
        this.ids = ids;
        this.time = time;
    }

    Session add(AccountId account, String principal, String userId, Duration life) {
        var session = new Session(
                TEMPORARY + ids.hex(16).toUpperCase(Locale.ROOT),
                ids.hex(40),
                ids.hex(256),
                time.instant().plus(life).truncatedTo(ChronoUnit.SECONDS),
                account,
                principal,
                userId);
        time.after(life, () -> tables.write(() -> sessions.remove(EVERYWHERE, session.accessKeyId())));
        return sessions.put(EVERYWHERE, session.accessKeyId(), session);
    }

    Optional<Session> find(String accessKeyId) {
        return accessKeyId.startsWith(TEMPORARY) ? sessions.find(EVERYWHERE, accessKeyId) : Optional.empty();
    }

    /// Whose a key is: a session's, or else what `others` make of it.
    Credentials credentials(Credentials others) {
        return key -> key.startsWith(TEMPORARY)
                ? tables.write(() -> find(key))
                        .map(session -> new Credentials.Caller(session.account(), session.principal()))
                        .orElseGet(() -> others.find(key))
                : others.find(key);
    }
}
