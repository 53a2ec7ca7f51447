package dcocpp.console.internal.page;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.osgi.service.component.annotations.ComponentPropertyType;

/** Makes a printer a page below Status, and a part of the archive that the console gives for support. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface InventoryPage {

    /** Before each property. */
    String PREFIX_ = "felix.inventory.printer.";

    /** Last part of the page's address. */
    String name();

    /** What people read. */
    String title();

    /** What it prints. */
    String[] format() default {"TEXT", "JSON"};
}
