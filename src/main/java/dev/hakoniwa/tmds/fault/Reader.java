package dev.hakoniwa.tmds.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hakoniwa.tmds.fault.Fault.BlackholePort;
import dev.hakoniwa.tmds.fault.Fault.Flows;
import dev.hakoniwa.tmds.fault.Fault.Latency;
import dev.hakoniwa.tmds.fault.Fault.PacketLoss;
import dev.hakoniwa.tmds.fault.Fault.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads what a fault is to be, and checks it.
final class Reader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ADDRESS =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$|/)|(?=$|/))){4}(/(3[0-2]|[12]?\\d))?");
    private static final int LONGEST_MILLISECONDS = 60 * 60 * 1000;

    private final JsonNode body;

    private Reader(JsonNode body) {
        this.body = body;
    }

    static Reader of(String body) {
        if (body.isBlank()) {
            throw Refusal.noBody();
        }
        try {
            var node = JSON.readTree(body);
            if (!node.isObject()) {
                throw Refusal.malformed("request body is not a JSON object");
            }
            return new Reader(node);
        } catch (JsonProcessingException _) {
            throw Refusal.malformed("request body is not valid JSON");
        }
    }

    BlackholePort blackholePort() {
        var port = number("Port", 0, 65_535);
        var protocol = text("Protocol");
        var traffic = text("TrafficType");
        if (!protocol.equals("tcp") && !protocol.equals("udp")) {
            throw Refusal.invalid(protocol, "Protocol");
        }
        var direction = switch (traffic) {
            case "ingress" -> Traffic.INGRESS;
            case "egress" -> Traffic.EGRESS;
            default -> throw Refusal.invalid(traffic, "TrafficType");
        };
        return new BlackholePort(port, protocol, direction, addresses("SourcesToFilter"));
    }

    Latency latency() {
        var delay = orZero("DelayMilliseconds");
        var jitter = orZero("JitterMilliseconds");
        if (delay == 0 && jitter == 0) {
            throw Refusal.noLatency();
        }
        return new Latency(delay, jitter, flows());
    }

    PacketLoss packetLoss() {
        return new PacketLoss(number("LossPercent", 1, 100), flows());
    }

    private Flows flows() {
        var destinations = addresses("Sources");
        if (destinations.isEmpty()) {
            throw Refusal.missing("Sources");
        }
        var percent = body.hasNonNull("FlowsPercent") ? number("FlowsPercent", 1, 100) : 100;
        return new Flows(destinations, addresses("SourcesToFilter"), percent);
    }

    private int orZero(String parameter) {
        return body.hasNonNull(parameter) ? number(parameter, 0, LONGEST_MILLISECONDS) : 0;
    }

    private int number(String parameter, int least, int most) {
        var value = body.path(parameter);
        if (value.isMissingNode() || value.isNull()) {
            throw Refusal.missing(parameter);
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw Refusal.invalid(value.asText(), parameter);
        }
        return value.intValue();
    }

    private String text(String parameter) {
        var value = body.path(parameter);
        if (value.asText().isEmpty() || value.isNull()) {
            throw Refusal.missing(parameter);
        }
        return value.asText();
    }

    private List<String> addresses(String parameter) {
        var found = new ArrayList<String>();
        for (var value : body.path(parameter)) {
            if (!value.isTextual() || !ADDRESS.matcher(value.textValue()).matches()) {
                throw Refusal.invalid(value.asText(), parameter);
            }
            found.add(value.textValue());
        }
        return found;
    }
}
