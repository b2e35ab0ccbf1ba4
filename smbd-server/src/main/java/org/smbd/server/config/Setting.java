package org.smbd.server.config;

/**
 * One parameter as it was set.
 *
 * @param name the parameter's own name, whichever synonym was written
 * @param written the name as written
 * @param value the value; of an inverted synonym, the inverted value
 * @param origin where
 */
record Setting(String name, String written, String value, Origin origin) {
    ConfigException wrong(String problem) {
        return new ConfigException(origin, written, problem);
    }
}
