package dev.hakoniwa.elb.attribute;

import static dev.hakoniwa.elb.attribute.Attribute.flag;
import static dev.hakoniwa.elb.attribute.Attribute.text;

import java.util.List;

/// The attributes of an HTTP listener of an Application Load Balancer; those about certificates are HTTPS listeners'.
final class ListenerAttributes {
    static final Attributes ALL = new Attributes(
            "Listener",
            List.of(
                    flag("routing.http.response.server.enabled", true),
                    text("routing.http.response.strict_transport_security.header_value"),
                    text("routing.http.response.access_control_allow_origin.header_value"),
                    text("routing.http.response.access_control_allow_methods.header_value"),
                    text("routing.http.response.access_control_allow_headers.header_value"),
                    text("routing.http.response.access_control_allow_credentials.header_value"),
                    text("routing.http.response.access_control_expose_headers.header_value"),
                    text("routing.http.response.access_control_max_age.header_value"),
                    text("routing.http.response.content_security_policy.header_value"),
                    text("routing.http.response.x_content_type_options.header_value"),
                    text("routing.http.response.x_frame_options.header_value")));

    private ListenerAttributes() {}
}
