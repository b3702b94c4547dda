package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.DhcpConfiguration;
import software.amazon.awssdk.services.ec2.model.DhcpOptions;

/// DHCP options: only the set that each region has, which all VPCs share.
final class DhcpOptionsSets {
    private static final String GIVEN = "dhcp-options";

    private final Inventory inventory;
    private final Ids ids;

    DhcpOptionsSets(Inventory inventory, Ids ids) {
        this.inventory = inventory;
        this.ids = ids;
    }

    /// The id of the region's set.
    String ofRegion(Scope scope) {
        return inventory.givenIds.find(scope, GIVEN).orElseGet(() -> add(scope));
    }

    private String add(Scope scope) {
        var optionsId = "dopt-" + ids.hex(17);
        var options = DhcpOptions.builder()
                .dhcpOptionsId(optionsId)
                .ownerId(scope.account().value())
                .dhcpConfigurations(
                        option("domain-name", DomainNames.domain(scope.region())),
                        option("domain-name-servers", "AmazonProvidedDNS"))
                .build();
        inventory.dhcpOptions.put(scope, optionsId, options);
        return inventory.givenIds.put(scope, GIVEN, optionsId);
    }

    private static DhcpConfiguration option(String key, String value) {
        return DhcpConfiguration.builder()
                .key(key)
                .values(List.of(AttributeValue.builder().value(value).build()))
                .build();
    }
}
