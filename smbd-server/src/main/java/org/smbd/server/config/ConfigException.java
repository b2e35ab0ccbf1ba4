package org.smbd.server.config;

/** The configuration is wrong, so the server does not start; says where and what. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Origin origin;
    private final String key;

    /**
     * Reports a mistake.
     *
     * @param key the parameter or section as it was written; empty where the line has none
     */
    public ConfigException(Origin origin, String key, String problem) {
        super(origin + ": " + (key.isEmpty() ? "" : key + ": ") + problem);
        this.origin = origin;
        this.key = key;
    }

    /** Where the mistake is. */
    public Origin origin() {
        return origin;
    }

    /** The parameter or section as it was written; empty where the line has none. */
    public String key() {
        return key;
    }
}
