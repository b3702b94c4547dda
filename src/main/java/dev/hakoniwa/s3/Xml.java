package dev.hakoniwa.s3;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/// XML as S3 writes it, and the little of it that S3 reads.
final class Xml {
    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private final StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    /// A document whose root is in S3's namespace.
    static Xml document(String root, Content content) {
        var xml = new Xml();
        xml.text.append('<').append(root).append(" xmlns=\"").append(NAMESPACE).append("\">");
        content.write(xml);
        xml.text.append("</").append(root).append('>');
        return xml;
    }

    /// A document whose root is in no namespace, as errors are.
    static Xml bare(String root, Content content) {
        return new Xml().element(root, content);
    }

    /// What is in an element.
    interface Content {
        void write(Xml xml);
    }

    Xml element(String name, Content content) {
        text.append('<').append(name).append('>');
        content.write(this);
        text.append("</").append(name).append('>');
        return this;
    }

    /// An element with a text in it; none if there is no text.
    Xml element(String name, @Nullable Object value) {
        return value == null ? this : element(name, xml -> xml.text(value.toString()));
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /// The texts of the elements that are called so, wherever they are.
    static List<String> texts(byte[] document, String element) {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            var reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
            var texts = new ArrayList<String>();
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals(element)) {
                    texts.add(reader.getElementText());
                }
            }
            return texts;
        } catch (XMLStreamException _) {
            throw Errors.malformedXml();
        }
    }

    void text(String value) {
        value.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\r' -> text.append("&#13;");
                default -> text.appendCodePoint(c);
            }
        });
    }
}
