package dev.hakoniwa.secrets.manager;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordResponse;

/// Makes passwords up.
final class RandomPasswords {
    private static final long USUAL_LENGTH = 32;
    private static final long LONGEST = 4096;
    private static final String LOWERCASE = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPERCASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String NUMBERS = "0123456789";
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private final Secrets secrets;

    RandomPasswords(Secrets secrets) {
        this.secrets = secrets;
    }

    GetRandomPasswordResponse get(Call call, GetRandomPasswordRequest request) {
        new Constraints()
                .range("passwordLength", request.passwordLength(), 1, LONGEST)
                .length("excludeCharacters", request.excludeCharacters(), 0, (int) LONGEST)
                .check(Errors::validation);
        var length = Objects.requireNonNullElse(request.passwordLength(), USUAL_LENGTH)
                .intValue();
        var alphabets = alphabets(request);
        if (alphabets.isEmpty()) {
            throw Errors.invalidParameter("The password can't be made of no characters at all.");
        }
        var one = !Boolean.FALSE.equals(request.requireEachIncludedType());
        if (one && length < alphabets.size()) {
            throw Errors.invalidParameter("Password length is too short based on the required types.");
        }
        return GetRandomPasswordResponse.builder()
                .randomPassword(password(alphabets, length, one))
                .build();
    }

    private static List<String> alphabets(GetRandomPasswordRequest request) {
        var excluded = Objects.requireNonNullElse(request.excludeCharacters(), "");
        return Stream.of(
                        Boolean.TRUE.equals(request.excludeLowercase()) ? "" : LOWERCASE,
                        Boolean.TRUE.equals(request.excludeUppercase()) ? "" : UPPERCASE,
                        Boolean.TRUE.equals(request.excludeNumbers()) ? "" : NUMBERS,
                        Boolean.TRUE.equals(request.excludePunctuation()) ? "" : PUNCTUATION,
                        Boolean.TRUE.equals(request.includeSpace()) ? " " : "")
                .map(alphabet -> without(alphabet, excluded))
                .filter(alphabet -> !alphabet.isEmpty())
                .toList();
    }

    private static String without(String alphabet, String excluded) {
        return alphabet.chars()
                .filter(c -> excluded.indexOf(c) < 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /// Each alphabet has its say at a place of its own where one of each is required.
    private String password(List<String> alphabets, int length, boolean oneOfEach) {
        var password = new StringBuilder(secrets.random(String.join("", alphabets), length));
        if (oneOfEach) {
            var start = secrets.random(NUMBERS, 4);
            for (var i = 0; i < alphabets.size(); i++) {
                var place = (Integer.parseInt(start) + i * (length / alphabets.size())) % length;
                password.replace(place, place + 1, secrets.random(alphabets.get(i), 1));
            }
        }
        return password.toString();
    }
}
