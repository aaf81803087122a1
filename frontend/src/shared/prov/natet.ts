import { transferableAbortController } from "node:util";
import { vi } from "vitest";

/**
 * Before anything of the page is loaded: a request is Node's own, so what stops it must be Node's too, and an
 * address without a host is this page's, as in a browser.
 */
const stoppare = transferableAbortController();
vi.stubGlobal("AbortController", stoppare.constructor);
vi.stubGlobal("AbortSignal", stoppare.signal.constructor);

vi.stubGlobal(
    "Request",
    class extends Request {
        constructor(vad: RequestInfo | URL, init?: RequestInit) {
            super(
                typeof vad === "string"
                    ? new URL(vad, window.location.href)
                    : vad,
                init,
            );
        }
    },
);
