package dev.hakoniwa.tmds.fault;

/// Why a request for a fault isn't done, in the agent's words.
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    private Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    static Refusal noBody() {
        return new Refusal(400, "required request body is missing");
    }

    static Refusal malformed(String why) {
        return new Refusal(400, why);
    }

    static Refusal missing(String parameter) {
        return new Refusal(400, "required parameter " + parameter + " is missing");
    }

    static Refusal invalid(String value, String parameter) {
        return new Refusal(400, "invalid value " + value + " for parameter " + parameter);
    }

    static Refusal noLatency() {
        return new Refusal(400, "required either DelayMilliseconds or JitterMilliseconds to be non-zero");
    }

    static Refusal unknown() {
        return new Refusal(404, "unable to find a task for the request");
    }

    static Refusal notEnabled(String taskArn) {
        return new Refusal(400, "enableFaultInjection is not enabled for task: " + taskArn);
    }

    static Refusal networkMode(String mode) {
        return new Refusal(400, mode + " mode is not supported. Please use either host or awsvpc mode.");
    }

    /// A host-mode task's network is that of the whole machine, which is somebody's.
    static Refusal hostMode() {
        return new Refusal(400, "host mode is not supported. Please use awsvpc mode.");
    }

    static Refusal running(String fault) {
        return new Refusal(409, "There is already one " + fault.replace('-', ' ') + " fault running");
    }

    static Refusal internal() {
        return new Refusal(500, "internal error");
    }
}
