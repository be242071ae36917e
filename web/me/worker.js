// The service worker of a person's phone: that of a kiosk, for another page.

const SCRIPT = '/web/kiosk/worker.js';

importScripts(self.trustedTypes ? trustedTypes.createPolicy('worker', { createScriptURL: () => SCRIPT }).createScriptURL('') : SCRIPT);
