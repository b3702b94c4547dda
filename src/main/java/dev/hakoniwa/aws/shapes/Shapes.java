package dev.hakoniwa.aws.shapes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkPojo;

/// Reads and writes any shape in any of the protocols, by its own account of its members.
///
/// Reading fills a shape's builder, so that what was not sent stays unset and what was sent empty is empty; it throws
/// [Malformed]. The operation, as `ecs.CreateCluster`, is for telling of members that the shape does not have.
public final class Shapes {
    private static final System.Logger LOG = System.getLogger(Shapes.class.getName());
    private static final int DEEPEST = 200;
    /// No string is longer than a body may be.
    private static final int LONGEST_STRING = 32 << 20;

    private final TokenReader jsonReader;
    private final TokenWriter jsonWriter;
    private final TokenReader cborReader;
    private final TokenWriter cborWriter;
    private final FormReader queryReader;
    private final FormReader ec2Reader;

    public Shapes() {
        this(name -> LOG.log(Level.INFO, "request member {0} is not known here and was left out", name));
    }

    /// @param unknownMembers is told of each member that a request has and its shape has not, once
    Shapes(Consumer<String> unknownMembers) {
        var limits = StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxStringLength(LONGEST_STRING)
                .build();
        var unknown = new UnknownMembers(unknownMembers);
        var json = JsonFactory.builder()
                .streamReadConstraints(limits)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        var cbor = CBORFactory.builder()
                .streamReadConstraints(limits)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        jsonReader = new TokenReader(json, unknown);
        jsonWriter = new TokenWriter(json);
        cborReader = new TokenReader(cbor, unknown);
        cborWriter = new TokenWriter(cbor);
        queryReader = new FormReader(false, unknown);
        ec2Reader = new FormReader(true, unknown);
    }

    public void readJson(byte[] body, SdkPojo builder, String operation) {
        jsonReader.read(body, builder, operation);
    }

    public byte[] writeJson(SdkPojo shape) {
        return jsonWriter.write(shape);
    }

    /// A map of strings, numbers, booleans, and lists and maps of them, as errors are.
    public byte[] writeJson(Map<String, Object> plain) {
        return jsonWriter.write(plain);
    }

    public void readCbor(byte[] body, SdkPojo builder, String operation) {
        cborReader.read(body, builder, operation);
    }

    public byte[] writeCbor(SdkPojo shape) {
        return cborWriter.write(shape);
    }

    /// A map of strings, numbers, booleans, and lists and maps of them, as errors are.
    public byte[] writeCbor(Map<String, Object> plain) {
        return cborWriter.write(plain);
    }

    public void readQuery(Form form, SdkPojo builder, String operation) {
        queryReader.read(form, builder, operation);
    }

    public void readEc2Query(Form form, SdkPojo builder, String operation) {
        ec2Reader.read(form, builder, operation);
    }
}
