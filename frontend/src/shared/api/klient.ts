import createClient, { type Middleware } from "openapi-fetch";
import { ProblemFel, natfel, problemAv } from "./problem";
import type { paths } from "./schema";
import type { paths as sessionspaths } from "./session";

interface Sessionskrokar {
    /** What proves that a page of ours asks; sent with everything that changes something. */
    csrf: () => string | undefined;
    /** The server knew the caller. */
    vidSvar: () => void;
    /** The log-in is over. */
    vidUtgangen: () => void;
}

let krokar: Sessionskrokar = {
    csrf: () => undefined,
    vidSvar: () => undefined,
    vidUtgangen: () => undefined,
};

/** The session tells the client who is logged in; the client tells the session what it learns. */
export function kopplaSession(nya: Sessionskrokar): void {
    krokar = nya;
}

const sakra = new Set(["GET", "HEAD"]);
const utgangen = new Set(["token-ogiltig", "ej-inloggad"]);

/** One middleware for all: the CSRF header out, and a typed problem in for what is not 2xx. */
export const mellanled: Middleware = {
    onRequest({ request }) {
        const csrf = krokar.csrf();
        if (!sakra.has(request.method) && csrf !== undefined) {
            request.headers.set("X-SUS-CSRF", csrf);
        }
        return request;
    },
    async onResponse({ response }) {
        if (response.ok) {
            krokar.vidSvar();
            return;
        }
        const fel = await problemAv(response);
        if (fel.status === 401 && utgangen.has(fel.regel)) {
            krokar.vidUtgangen();
        }
        throw fel;
    },
    onError({ error }) {
        if (error instanceof ProblemFel) {
            return error;
        }
        if (error instanceof DOMException && error.name === "AbortError") {
            return error;
        }
        return natfel();
    },
};

export const api = createClient<paths>();
api.use(mellanled);

/** The SPA's private API, outside the contract. */
export const sessionsapi = createClient<sessionspaths>();
sessionsapi.use(mellanled);

/** The body of an answer that has one. */
export async function kropp<T>(svar: Promise<{ data?: T }>): Promise<T> {
    const { data } = await svar;
    if (data === undefined) {
        throw new ProblemFel({
            type: "about:blank",
            title: "Ett fel inträffade",
            status: 200,
            detail: "SUS svarade utan innehåll. Försök igen.",
            instance: "",
            regel: "ovantat-svar",
            fel: [],
        });
    }
    return data;
}

/** If-Match for a version that was read. */
export function etag(version: number): string {
    return `"${version}"`;
}
