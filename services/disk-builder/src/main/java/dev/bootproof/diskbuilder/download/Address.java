package dev.bootproof.diskbuilder.download;

import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.net.URI;

/**
 * Where a file is fetched from, and where from instead when a server says so. Redirects lead to https only, so that
 * nobody on the way chooses the next server.
 *
 * @param uri the URL
 */
record Address(URI uri) {
    /**
     * Where this redirect leads.
     *
     * @throws StageFault registry-refused, when it must not be followed
     */
    Address redirected(String location) {
        URI target;
        try {
            target = uri.resolve(location);
        } catch (IllegalArgumentException e) {
            throw refused("redirects to what is no URL");
        }
        if (!"https".equals(target.getScheme()) || target.getHost() == null) {
            throw refused("redirects to " + new Address(target)
                    + ", which is not https: if you trust it, write it in the" + " recipe");
        }
        return new Address(target);
    }

    /** The fault of a server that says no. */
    StageFault refused(String why) {
        return new StageFault(Fault.REGISTRY_REFUSED, this + " " + why);
    }

    /** Without what may be a secret: user, password and query. */
    @Override
    public String toString() {
        String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        return uri.getScheme() + "://" + host + uri.getPath();
    }
}
