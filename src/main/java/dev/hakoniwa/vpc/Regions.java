package dev.hakoniwa.vpc;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Region;

/// The regions of AWS, and the one that is called if it is none of them: here every region works.
final class Regions {
    private static final String NOT_REQUIRED = "opt-in-not-required";
    private static final String OPTED_IN = "opted-in";

    private static final List<String> ALWAYS_ON = List.of(
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ca-central-1",
            "eu-central-1",
            "eu-north-1",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2");

    private static final List<String> BY_CHOICE = List.of(
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-south-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-7",
            "ca-west-1",
            "eu-central-2",
            "eu-south-1",
            "eu-south-2",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1");

    private Regions() {}

    static List<Region> all(dev.hakoniwa.core.Region called) {
        return Stream.of(ALWAYS_ON, BY_CHOICE, List.of(called.name()))
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .map(name -> region(name, BY_CHOICE.contains(name) ? OPTED_IN : NOT_REQUIRED))
                .toList();
    }

    private static Region region(String name, String optInStatus) {
        return Region.builder()
                .regionName(name)
                .endpoint("ec2." + name + ".amazonaws.com")
                .optInStatus(optInStatus)
                .build();
    }
}
