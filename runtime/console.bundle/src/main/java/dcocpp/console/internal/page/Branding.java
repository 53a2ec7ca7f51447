package dcocpp.console.internal.page;

import org.apache.felix.webconsole.spi.BrandingPlugin;
import org.osgi.service.component.annotations.Component;

/** Name, picture and style of the whole web console; nothing comes from another site. */
@Component
public final class Branding implements BrandingPlugin {

    private static final String NAME = "DC OCPP charger";
    private static final String RESOURCES = "/" + ChargerPage.LABEL + "/res/";
    private static final String LOGO = RESOURCES + "logo.svg";

    @Override
    public String getBrandName() {
        return NAME;
    }

    @Override
    public String getProductName() {
        return NAME;
    }

    @Override
    public String getProductURL() {
        // Relative to the page that is shown, which is a child of the console's root.
        return ChargerPage.LABEL;
    }

    @Override
    public String getProductImage() {
        return LOGO;
    }

    @Override
    public String getVendorName() {
        return NAME;
    }

    @Override
    public String getVendorURL() {
        return getProductURL();
    }

    @Override
    public String getVendorImage() {
        return LOGO;
    }

    @Override
    public String getFavIcon() {
        return LOGO;
    }

    @Override
    public String getMainStyleSheet() {
        return RESOURCES + "console.css";
    }
}
