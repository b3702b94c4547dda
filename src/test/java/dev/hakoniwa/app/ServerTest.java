package dev.hakoniwa.app;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.lessThan;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
final class ServerTest {
    @Test
    void aPathThatNobodyKnowsIsNotOurFault() {
        when().get("/no/such/path").then().statusCode(lessThan(500));
    }
}
