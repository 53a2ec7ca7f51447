package dcocpp.ocpp.internal.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.ocpp.internal.transfer.TransferException.Kind;

/** Addresses, and which of them the configuration permits. */
class AddressTest {

    private static Kind kindOf(String text) {
        return assertThrows(TransferException.class, () -> Address.parse(text)).kind();
    }

    @Test
    void userAndPasswordAreTakenOutOfTheAddressAndSecretsHiddenInItsText() throws TransferException {
        Address address = Address.parse("https://me%40home:se%3Acr%2Fet@host:8443/a%2Fb?sig=x%2By");
        assertEquals("me@home", address.user());
        assertEquals("se:cr/et", address.password());
        assertEquals("https://host:8443/a%2Fb?sig=x%2By", address.uri().toString());
        assertEquals("https://***@host:8443/a%2Fb?***", address.toString());
    }

    @Test
    void anAddressWithoutUserLogsNobodyIn() throws TransferException {
        assertNull(Address.parse("ftp://host/x").user());
        assertEquals("", Address.parse("ftp://me@host/x").password());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host/x", "http://", "https:host", "https://ho st/x", "https://host\nname/x", "ftp://host/a%0D%0ADELE%20x",
            "ftp://a%0Ab:c@host/x", "http://under_score/x"})
    void whatIsNoAddressIsSaidToBeNone(String text) {
        assertEquals(Kind.BAD_ADDRESS, kindOf(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp://host/x", "gopher://host/x", "jar:file:/x!/y"})
    void aProtocolThatNobodyKnowsIsNotPermitted(String text) {
        assertEquals(Kind.NOT_PERMITTED, kindOf(text));
    }

    @Test
    void aFolderGetsTheNameOfTheFile() throws TransferException {
        assertEquals("http://host/logs/a.zip?x=1", Address.parse("http://host/logs/?x=1").withFile("a.zip").uri().toString());
        assertEquals("http://host/a.zip", Address.parse("http://host").withFile("a.zip").uri().toString());
        assertEquals("http://host/put-here", Address.parse("http://host/put-here").withFile("a.zip").uri().toString());
    }

    @Test
    void onlyHttpsIsPermittedUnlessTheConfigurationSaysMore() {
        assertEquals(Set.of(Protocol.HTTPS), TransferPolicy.of(Map.of()).protocols());
        String all = "http, HTTPS,FTP,FTPS,SFTP,FILE";
        assertEquals(Set.of(Protocol.HTTPS),
                TransferPolicy.of(Map.of("FirmwareManagement.SupportedFileTransferProtocols", all)).protocols());
        assertEquals(Set.of(Protocol.HTTPS, Protocol.FILE), TransferPolicy.of(Map.of(
                "FirmwareManagement.SupportedFileTransferProtocols", all, "allowFileTargets", true)).protocols());
        assertEquals(Set.of(Protocol.HTTP, Protocol.HTTPS, Protocol.FTP, Protocol.FTPS), TransferPolicy.of(Map.of(
                "FirmwareManagement.SupportedFileTransferProtocols", all, "requireHttpsUploads", false)).protocols());
    }
}
