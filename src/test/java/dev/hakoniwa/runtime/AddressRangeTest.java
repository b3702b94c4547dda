package dev.hakoniwa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {
    @Test
    void aRangeBeginsAtItsLowestAddress() {
        var range = AddressRange.of("172.31.200.7/20");

        assertThat(range).hasToString("172.31.192.0/20");
        assertThat(range.size()).isEqualTo(4096);
        assertThat(range.address(1)).isEqualTo("172.31.192.1");
        assertThat(range.address(4095)).isEqualTo("172.31.207.255");
    }

    @Test
    void theWholeSpaceIsARange() {
        var range = AddressRange.of("0.0.0.0/0");

        assertThat(range.contains("255.255.255.255")).isTrue();
        assertThat(range.overlaps(AddressRange.of("10.0.0.1/32"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/16, 10.0.128.0/17, true",
        "10.0.128.0/17, 10.0.0.0/16, true",
        "10.0.0.0/17, 10.0.128.0/17, false",
        "10.0.0.0/16, 10.1.0.0/16, false",
        "10.0.0.0/24, 10.0.0.0/24, true"
    })
    void rangesOverlapWhenTheyShareAnAddress(String one, String other, boolean overlap) {
        assertThat(AddressRange.of(one).overlaps(AddressRange.of(other))).isEqualTo(overlap);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0, true", "10.0.255.255, true", "10.1.0.0, false", "9.255.255.255, false"})
    void aRangeContainsItsAddresses(String address, boolean contained) {
        assertThat(AddressRange.of("10.0.0.0/16").contains(address)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "10.0.0.256/8", "a/8", "10.0.0.0/-1", "::/0"})
    void whatIsNoRangeIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of(text));
    }
}
