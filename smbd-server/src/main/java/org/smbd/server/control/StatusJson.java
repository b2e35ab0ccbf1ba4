package org.smbd.server.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Writes {@link ServerStatus} as the object that the manual describes. */
final class StatusJson {
    private static final JsonFactory JSON = new JsonFactory();

    /** Writes one element. */
    private interface Element<T> {
        void write(JsonGenerator json, T element) throws IOException;
    }

    private StatusJson() {}

    static String write(ServerStatus status) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("version", status.version());
            json.writeNumberField("uptimeSeconds", status.uptimeSeconds());
            array(json, "connections", status.connections(), StatusJson::connection);
            array(json, "sessions", status.sessions(), StatusJson::session);
            array(json, "trees", status.trees(), StatusJson::tree);
            array(json, "opens", status.opens(), StatusJson::open);
            json.writeObjectFieldStart("counters");
            for (Map.Entry<String, ServerStatus.CounterStatus> counter :
                    status.counters().entrySet()) {
                json.writeObjectFieldStart(counter.getKey());
                json.writeNumberField("count", counter.getValue().count());
                json.writeNumberField("bytes", counter.getValue().bytes());
                json.writeNumberField("errors", counter.getValue().errors());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeObjectFieldStart("memory");
            json.writeNumberField("heap", status.memory().heap());
            json.writeNumberField("direct", status.memory().direct());
            json.writeNumberField("rss", status.memory().rss());
            json.writeEndObject();
            json.writeNumberField("descriptors", status.descriptors());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes every character", e);
        }
        return text.toString();
    }

    private static <T> void array(JsonGenerator json, String name, List<T> elements, Element<T> writer)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (T element : elements) {
            json.writeStartObject();
            writer.write(json, element);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void connection(JsonGenerator json, ServerStatus.ConnectionStatus connection) throws IOException {
        json.writeStringField("address", connection.address());
        json.writeStringField("dialect", connection.dialect());
        json.writeNumberField("sessions", connection.sessions());
        json.writeNumberField("creditsGranted", connection.creditsGranted());
    }

    private static void session(JsonGenerator json, ServerStatus.SessionStatus session) throws IOException {
        json.writeStringField("id", session.id());
        json.writeStringField("user", session.user());
        json.writeStringField("address", session.address());
        json.writeStringField("dialect", session.dialect());
        json.writeStringField("cipher", session.cipher());
        json.writeStringField("signing", session.signing());
        json.writeArrayFieldStart("channels");
        for (String channel : session.channels()) {
            json.writeString(channel);
        }
        json.writeEndArray();
    }

    private static void tree(JsonGenerator json, ServerStatus.TreeStatus tree) throws IOException {
        json.writeNumberField("id", tree.id());
        json.writeStringField("session", tree.session());
        json.writeStringField("share", tree.share());
        json.writeStringField("user", tree.user());
        json.writeStringField("address", tree.address());
        json.writeBooleanField("encrypted", tree.encrypted());
    }

    private static void open(JsonGenerator json, ServerStatus.OpenStatus open) throws IOException {
        json.writeStringField("share", open.share());
        json.writeStringField("path", open.path());
        json.writeStringField("user", open.user());
        json.writeStringField("access", open.access());
        json.writeNumberField("locks", open.locks());
        json.writeStringField("oplock", open.oplock());
        json.writeStringField("lease", open.lease());
        json.writeStringField("durable", open.durable());
        json.writeBooleanField("connected", open.connected());
    }
}
