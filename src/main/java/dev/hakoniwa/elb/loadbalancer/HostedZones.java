package dev.hakoniwa.elb.loadbalancer;

import dev.hakoniwa.core.Region;
import java.util.Map;

/// The Route 53 hosted zones that Application Load Balancers' names are in, one a region, as AWS lists them.
final class HostedZones {
    /// For a region that AWS lists no zone for.
    private static final String US_EAST_1 = "Z35SXDOTRQ7X7K";

    private static final Map<String, String> BY_REGION = Map.ofEntries(
            Map.entry("af-south-1", "Z268VQBMOI5EKX"),
            Map.entry("ap-east-1", "Z3DQVH9N71FHZ0"),
            Map.entry("ap-northeast-1", "Z14GRHDCWA56QT"),
            Map.entry("ap-northeast-2", "ZWKZPGTI48KDX"),
            Map.entry("ap-northeast-3", "Z5LXEXXYW11ES"),
            Map.entry("ap-south-1", "ZP97RAFLXTNZK"),
            Map.entry("ap-south-2", "Z0173938T07WNTVAEPZN"),
            Map.entry("ap-southeast-1", "Z1LMS91P8CMLE5"),
            Map.entry("ap-southeast-2", "Z1GM3OXH4ZPM65"),
            Map.entry("ap-southeast-3", "Z08888821HLRG5A9ZRTER"),
            Map.entry("ca-central-1", "ZQSVJUPU6J1EY"),
            Map.entry("cn-north-1", "Z1GDH35T77C1KE"),
            Map.entry("cn-northwest-1", "ZM7IZAIOVVDZF"),
            Map.entry("eu-central-1", "Z215JYRZR1TBD5"),
            Map.entry("eu-central-2", "Z06391101F2ZOEP8P5EB3"),
            Map.entry("eu-north-1", "Z23TAZ6LKFMNIO"),
            Map.entry("eu-south-1", "Z3ULH7SSC9OV64"),
            Map.entry("eu-south-2", "Z0956581394HF5D5LXGAP"),
            Map.entry("eu-west-1", "Z32O12XQLNTSW2"),
            Map.entry("eu-west-2", "ZHURV8PSTC4K8"),
            Map.entry("eu-west-3", "Z3Q77PNBQS71R4"),
            Map.entry("me-central-1", "Z08230872XQRWHG2XF6I"),
            Map.entry("me-south-1", "ZS929ML54UICD"),
            Map.entry("sa-east-1", "Z2P70J7HTTTPLU"),
            Map.entry("us-east-1", US_EAST_1),
            Map.entry("us-east-2", "Z3AADJGX6KTTL2"),
            Map.entry("us-gov-east-1", "Z166TLBEWOO7G0"),
            Map.entry("us-gov-west-1", "Z33AYJ8TM3BH4J"),
            Map.entry("us-west-1", "Z368ELLRRE2KJ0"),
            Map.entry("us-west-2", "Z1H1FL5HABSF5"));

    private HostedZones() {}

    static String of(Region region) {
        return BY_REGION.getOrDefault(region.name(), US_EAST_1);
    }
}
