package dev.hakoniwa.aws;

import dev.hakoniwa.core.AccountId;

/// Tells who an access key belongs to.
public interface Credentials {
    Caller find(String accessKeyId);

    /// Whom a key belongs to.
    ///
    /// @param principal the ARN of the user or role session that calls
    record Caller(AccountId account, String principal) {
        static Caller rootOf(AccountId account) {
            return new Caller(account, "arn:aws:iam::" + account + ":root");
        }
    }

    /// Every key is a root key: that of the account it spells, if it is twelve digits, or of `usual`.
    static Credentials rootOfAccounts(AccountId usual) {
        return key -> Caller.rootOf(AccountId.isAccountId(key) ? new AccountId(key) : usual);
    }
}
