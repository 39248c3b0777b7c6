'use strict';

// The title of the document becomes the title of the page.
const titled = () => ({
  statePlugins: {
    spec: {
      wrapActions: {
        updateJsonSpec: (original) => (spec) => {
          if (spec && spec.info) document.title = spec.info.title + ' · API documentation';
          return original(spec);
        },
      },
    },
  },
});

window.ui = SwaggerUIBundle({
  url: new URL('../openapi.json', document.baseURI).href,
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  // No request leaves for anywhere but the service itself.
  validatorUrl: null,
  plugins: [titled],
});
