import createClient, { type Middleware } from "openapi-fetch";
import { ProblemFel, natfel, problemAv } from "./problem";
import type { Regel } from "./regler.gen";
import type { paths } from "./schema";
import type { paths as sessionspaths } from "./session";

interface Sessionskrokar {
    /** What proves that a page of ours asks; sent with everything that changes something. */
    csrf: () => string | undefined;
    /** The server knew the caller. */
    vidSvar: () => void;
    /** The log-in is over. */
    vidUtgangen: () => void;
    /** The CSRF value of a newer log-in of the same person. Undefined: there is none. */
    nyttCsrf: () => Promise<string | undefined>;
}

let krokar: Sessionskrokar = {
    csrf: () => undefined,
    vidSvar: () => undefined,
    vidUtgangen: () => undefined,
    nyttCsrf: () => Promise.resolve(undefined),
};

/** The session tells the client who is logged in; the client tells the session what it learns. */
export function kopplaSession(nya: Sessionskrokar): void {
    krokar = nya;
}

let inloggningen = new AbortController();

/** The log-in is over: what was asked for in it reaches nobody who comes after. */
export function avbrytAllt(): void {
    inloggningen.abort();
    inloggningen = new AbortController();
}

function hamta(anrop: Request): Promise<Response> {
    return fetch(anrop, {
        signal: AbortSignal.any([anrop.signal, inloggningen.signal]),
    });
}

const sakra = new Set(["GET", "HEAD"]);
const utgangen = new Set<string>([
    "token-ogiltig",
    "ej-inloggad",
] satisfies Regel[]);

/**
 * Sends with the CSRF header. Whoever has logged in again in another tab has a new value:
 * what was refused for the old one is sent once more, and no more than once.
 */
async function skicka(anrop: Request): Promise<Response> {
    if (sakra.has(anrop.method)) {
        return hamta(anrop);
    }
    const igen = anrop.clone(); // A body can be read only once.
    const csrf = krokar.csrf();
    if (csrf !== undefined) {
        anrop.headers.set("X-SUS-CSRF", csrf);
    }
    const svar = await hamta(anrop);
    if (
        svar.status !== 403 ||
        (await problemAv(svar.clone())).regel !== ("csrf" satisfies Regel)
    ) {
        return svar;
    }
    const nytt = await krokar.nyttCsrf();
    if (nytt === undefined || nytt === csrf) {
        return svar;
    }
    igen.headers.set("X-SUS-CSRF", nytt);
    return hamta(igen);
}

/** One middleware for all: a typed problem in for what is not 2xx. */
const middleware: Middleware = {
    async onResponse({ response, schemaPath }) {
        if (response.ok) {
            // The demo's telephone, which reads itself anew, is no sign of life.
            if (!schemaPath.startsWith("/demo/")) {
                krokar.vidSvar();
            }
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

/** The contract, whose paths begin after its version. */
export const api = createClient<paths, "application/json">({
    baseUrl: "/v1",
    fetch: skicka,
});
api.use(middleware);

/** The SPA's private API, outside the contract. */
export const sessionsapi = createClient<sessionspaths>({ fetch: skicka });
sessionsapi.use(middleware);

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

/** The answer of a creating call that can also be tried without being done
 * (`provkor`, which the caller did not ask for): what was made. */
export async function skapat<T>(
    svar: Promise<{ data?: T }>,
): Promise<Extract<T, { id: string }>> {
    const gjort = await kropp(svar);
    if (!(gjort instanceof Object && "id" in gjort)) {
        throw natfel();
    }
    return gjort as Extract<T, { id: string }>;
}

/** If-Match for a version that was read. */
export function etag(version: number): string {
    return `"${version}"`;
}
