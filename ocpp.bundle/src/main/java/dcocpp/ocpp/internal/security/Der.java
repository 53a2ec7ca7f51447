package dcocpp.ocpp.internal.security;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;

import javax.security.auth.x500.X500Principal;

/**
 * The little DER (X.690) that Java leaves to us: it encodes keys and names and makes signatures, but neither frames a certificate
 * signing request nor takes the bits of a public key out of their frame.
 */
final class Der {

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int SEQUENCE = 0x30;
    private static final int ATTRIBUTES = 0xa0;
    private static final int LONG_LENGTH = 0x80;
    /** SEQUENCE { OBJECT IDENTIFIER 1.2.840.10045.4.3.2 }, ecdsa-with-SHA256 (RFC 5758, 3.2). */
    private static final byte[] ECDSA_WITH_SHA256 = {0x30, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02};

    private Der() {
    }

    /** A certificate signing request (PKCS #10, RFC 2986) for an EC key, without attributes. */
    static byte[] signingRequest(KeyPair key, X500Principal subject) throws GeneralSecurityException {
        byte[] info = tagged(SEQUENCE, tagged(INTEGER, new byte[] {0}), subject.getEncoded(), key.getPublic().getEncoded(),
                tagged(ATTRIBUTES));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivate());
        signature.update(info);
        return tagged(SEQUENCE, info, ECDSA_WITH_SHA256, tagged(BIT_STRING, new byte[] {0}, signature.sign()));
    }

    private static byte[] tagged(int tag, byte[]... contents) {
        int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < LONG_LENGTH) {
            out.write(length);
        } else {
            int bytes = length > 0xff ? 2 : 1;
            out.write(LONG_LENGTH | bytes);
            if (bytes == 2) {
                out.write(length >> 8);
            }
            out.write(length);
        }
        for (byte[] content : contents) {
            out.writeBytes(content);
        }
        return out.toByteArray();
    }

    /** The bits of a public key: the value of the field subjectPublicKey (RFC 5280, 4.1), without tag, length and count of unused bits. */
    static byte[] keyBits(PublicKey key) {
        byte[] info = key.getEncoded();
        int algorithm = content(info, 0);
        int bits = content(info, end(info, algorithm));
        return Arrays.copyOfRange(info, bits + 1, info.length);
    }

    /** Where the content of the element at this place begins. */
    private static int content(byte[] der, int place) {
        int first = der[place + 1] & 0xff;
        return place + 2 + (first < LONG_LENGTH ? 0 : first & 0x7f);
    }

    /** Where the element at this place ends. */
    private static int end(byte[] der, int place) {
        int content = content(der, place);
        int length = 0;
        if (content == place + 2) {
            length = der[place + 1];
        } else {
            for (int i = place + 2; i < content; i++) {
                length = length << 8 | der[i] & 0xff;
            }
        }
        return content + length;
    }
}
