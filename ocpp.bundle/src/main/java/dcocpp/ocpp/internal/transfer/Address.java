package dcocpp.ocpp.internal.transfer;

import java.net.URI;
import java.net.URISyntaxException;

import dcocpp.ocpp.internal.transfer.TransferException.Kind;

/**
 * Where a file comes from or goes to. Its text holds neither password nor query string and may be logged.
 *
 * @param protocol how it travels
 * @param uri the address without user and password
 * @param user whom to log in as; null = nobody
 * @param password his password; empty when there is none
 */
public record Address(Protocol protocol, URI uri, String user, String password) {

    /**
     * Reads an address.
     *
     * @throws TransferException it is none, or of a kind that this charger does not know
     */
    public static Address parse(String text) throws TransferException {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new TransferException(Kind.BAD_ADDRESS, "the address is none: " + e.getReason());
        }
        if (uri.getScheme() == null) {
            throw new TransferException(Kind.BAD_ADDRESS, "the address has no protocol");
        }
        Protocol protocol = Protocol.of(uri.getScheme()).orElseThrow(
                () -> new TransferException(Kind.NOT_PERMITTED, "the protocol " + uri.getScheme() + " is not known here"));
        if (uri.isOpaque() || protocol != Protocol.FILE && uri.getHost() == null) {
            throw new TransferException(Kind.BAD_ADDRESS, "the address has no host that can be read");
        }
        // In a command of FTP the end of a line would begin another command.
        if ((uri.getPath() + uri.getUserInfo()).chars().anyMatch(Character::isISOControl)) {
            throw new TransferException(Kind.BAD_ADDRESS, "the address has control characters");
        }
        if (uri.getUserInfo() == null) {
            return new Address(protocol, uri, null, "");
        }
        String raw = uri.getRawUserInfo();
        int colon = raw.indexOf(':');
        URI plain = URI.create(uri.toString().replace("//" + raw + "@", "//"));
        return colon < 0 ? new Address(protocol, plain, uri.getUserInfo(), "")
                : new Address(protocol, plain, decoded(raw.substring(0, colon)), decoded(raw.substring(colon + 1)));
    }

    private static String decoded(String raw) {
        return URI.create("x://" + raw + "@x").getUserInfo();
    }

    /** The same with the name of the file, if the address is a folder. */
    Address withFile(String name) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        if (!path.endsWith("/")) {
            return this;
        }
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new Address(protocol, URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + name + query), user, password);
    }

    @Override
    public String toString() {
        String text = Queries.masked(uri.toString());
        return user == null ? text : text.replaceFirst("//", "//***@");
    }
}
