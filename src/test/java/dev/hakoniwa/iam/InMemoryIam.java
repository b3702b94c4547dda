package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Credentials;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.testing.InMemoryAws;
import dev.hakoniwa.testing.Shipped;
import dev.hakoniwa.testing.TestTime;
import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/// IAM and STS with the SDK's clients in front of them.
final class InMemoryIam {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00.123Z");
    static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
              "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}""";
    static final String POLICY = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}""";
    static final String EXECUTION = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

    private final Tables tables = new Tables();
    private final Time inside = Time.stopped(START);
    private final Iam iam = new Iam(tables, Ids.random(), inside);
    final TestTime time = new TestTime(inside);
    final IamClient client;
    final StsClient sts;
    private final InMemoryAws aws;

    InMemoryIam() {
        var others = Credentials.rootOfAccounts(InMemoryAws.SCOPE.account());
        aws = new InMemoryAws(tables, inside, iam.credentials(others), IamApi.operations(iam), StsApi.operations(iam));
        client = aws.client(IamClient.builder());
        sts = aws.client(StsClient.builder());
    }

    Iam iam() {
        return Shipped.notWith(iam);
    }

    Tables tables() {
        return Shipped.notWith(tables);
    }

    /// A text with the account that is really called in the place of each that it names.
    String in(String text) {
        return aws.accounts().in(text);
    }

    IamClient clientOf(String account) {
        return aws.client(IamClient.builder(), new Scope(new AccountId(account), new Region("us-east-1")));
    }

    StsClient stsWith(AwsSessionCredentials session) {
        return aws.client(StsClient.builder(), new Region("eu-west-1"), session);
    }

    void createRole(String name) {
        client.createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST));
    }
}
