package dcocpp.console.internal.page;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.osgi.service.component.annotations.ComponentPropertyType;

/** Makes a servlet a page of the web console. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface WebConsolePlugin {

    /** Before each property. */
    String PREFIX_ = "felix.webconsole.";

    /** Last part of the page's address. */
    String label();

    /** What people read. */
    String title();

    /** The menu that it is in. */
    String category() default "Charger";
}
