package dev.odyssey;

import dev.odyssey.work.Requests;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * Makes the requests of camel-http end when their attempts must. Named in application.properties,
 * since the Camel CLI has camel-http only once it reads them.
 */
public final class StoppableDownloads implements HttpClientConfigurer, CamelContextAware {
  private CamelContext context;

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    var requests = context.getRegistry().lookupByNameAndType("requests", Requests.class);
    client.addExecInterceptorFirst(
        "stoppable",
        (request, scope, chain) -> {
          requests.begin(scope.execRuntime::discardEndpoint);
          return chain.proceed(request, scope);
        });
  }

  @Override
  public CamelContext getCamelContext() {
    return context;
  }

  @Override
  public void setCamelContext(CamelContext context) {
    this.context = context;
  }
}
