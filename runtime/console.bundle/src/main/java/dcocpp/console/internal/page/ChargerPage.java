package dcocpp.console.internal.page;

import java.io.IOException;

import org.osgi.service.component.annotations.Component;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The page Charger of the web console: what the guns do, and what a field engineer needs for a hot update. The server gives the empty
 * page; its script (in the folder res, which the console serves below this page) fills it from {@code /api/status}.
 */
@Component(service = Servlet.class)
@WebConsolePlugin(label = ChargerPage.LABEL, title = "Charger")
public final class ChargerPage extends HttpServlet {

    static final String LABEL = "charger";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // The console replaces ${...} with values of its own.
        response.getWriter().print("""
                <link href="${pluginRoot}/res/charger.css" rel="stylesheet" type="text/css" />
                <div id="dcocpp"><p class="loading">Asking the charger&#8230;</p>
                <noscript>This page needs JavaScript. The same as text: Status &#8594; Charger.</noscript></div>
                <script src="${pluginRoot}/res/sharing.js"></script>
                <script src="${pluginRoot}/res/charger.js"></script>
                """);
    }
}
