package dev.hakoniwa.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.proxy.Action.Location;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedirectsTest {
    private static final Redirects.Asked ASKED = new Redirects.Asked("http", "shop.example.com", 80, "/cart/1", "id=7");

    /// Protocol, host, port, path and query of a configuration, and where it leads.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTPS,#{host},443,/#{path},#{query} | https://shop.example.com:443/cart/1?id=7",
                "#{protocol},#{host},#{port},/new/#{path},#{query} | http://shop.example.com:80/new/cart/1?id=7",
                "#{protocol},www.#{host},#{port},/#{path},ref=#{host} "
                        + "| http://www.shop.example.com:80/cart/1?ref=shop.example.com",
                "#{protocol},#{host},#{port},/#{path}, | http://shop.example.com:80/cart/1",
                "#{protocol},#{host},8080,/,#{query} | http://shop.example.com:8080/?id=7",
                "#{protocol},#{host},#{port},/#{path}/#{path},a=#{query}&b=#{port} "
                        + "| http://shop.example.com:80/cart/1/cart/1?a=id=7&b=80",
                "#{protocol},#{host},#{port},/#{other},$1 | http://shop.example.com:80/#{other}?$1",
                "HTTPS,#{host},443,/#{protocol},#{path} | https://shop.example.com:443/http?cart/1",
            })
    void partsAreFilledIn(String template, String location) {
        var parts = template.split(",", -1);
        var filled = Redirects.location(new Location(parts[0], parts[1], parts[2], parts[3], parts[4]), ASKED);

        assertThat(filled).isEqualTo(location);
    }
}
