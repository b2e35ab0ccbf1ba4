package org.smbd.protocol.smb2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A message without golden bytes does not get into a family. */
class SealedFamiliesTest {
    @Test
    void eachRequestHasGoldenBytes() {
        assertCovered(Smb2Request.class, RequestVectors.all().map(Vector::message));
    }

    @Test
    void eachResponseHasGoldenBytes() {
        assertCovered(Smb2Response.class, ResponseVectors.all().map(Vector::message));
    }

    @Test
    void eachCreateContextOfARequestHasGoldenBytes() {
        assertCovered(CreateContext.class, ContextVectors.createContexts().map(ContextVectors.Context::value));
    }

    @Test
    void eachCreateContextOfAResponseHasGoldenBytes() {
        assertCovered(
                CreateContextResponse.class,
                ContextVectors.createContextResponses().map(ContextVectors.Context::value));
    }

    @Test
    void eachNegotiateContextHasGoldenBytes() {
        assertCovered(NegotiateContext.class, ContextVectors.negotiateContexts().map(ContextVectors.Context::value));
    }

    @Test
    void eachErrorBodyHasGoldenBytes() {
        assertCovered(ErrorBody.class, ErrorBodyTest.vectors().map(ErrorBodyTest.ErrorVector::body));
    }

    private static void assertCovered(Class<?> family, Stream<?> examples) {
        Set<Class<?>> covered = examples.map(Object::getClass).collect(Collectors.toSet());
        assertEquals(members(family).collect(Collectors.toSet()), covered);
    }

    private static Stream<Class<?>> members(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(SealedFamiliesTest::members)
                : Stream.of(type);
    }
}
